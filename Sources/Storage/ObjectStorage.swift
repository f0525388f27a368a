/// Where large things lie that jobs only name: certificates, recordings, attachments.
package protocol ObjectStorage: Sendable {
    /// The whole object. Nothing is read of one that is larger than `maxBytes`.
    func read(_ key: StorageKey, maxBytes: Int) async throws(StorageError) -> [UInt8]
}
