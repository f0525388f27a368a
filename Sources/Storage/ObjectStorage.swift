/// Where large things lie that jobs only name: certificates, recordings, attachments.
package protocol ObjectStorage: Sendable {
    /// The whole object. Nothing is read of one that is larger than `maxBytes`.
    func read(_ key: StorageKey, maxBytes: Int) async throws(StorageError) -> [UInt8]

    /// A piece of an object, for those that are too large for the memory.
    /// - Parameters:
    ///   - offset: of the piece's first byte, 0 or more.
    ///   - maxBytes: what the piece has at most; it has less only at the object's end.
    func readPiece(_ key: StorageKey, from offset: Int, maxBytes: Int) async throws(StorageError) -> StoragePiece
}
