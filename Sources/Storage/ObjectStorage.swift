/// Where large things lie that jobs only name: certificates, recordings, attachments.
package protocol ObjectStorage: Sendable {
    /// The whole object. Nothing is read of one that is larger than `maxBytes`.
    func read(_ key: StorageKey, maxBytes: Int) async throws(StorageError) -> [UInt8]

    /// A piece of an object, for those that are too large for the memory.
    /// - Parameters:
    ///   - offset: of the piece's first byte, 0 or more.
    ///   - maxBytes: what the piece has at most; it has less only at the object's end.
    func readPiece(_ key: StorageKey, from offset: Int, maxBytes: Int) async throws(StorageError) -> StoragePiece

    /// Puts an object in its place at once: who reads the key finds all of it, or what was there before. When this
    /// returns it is on disk.
    /// - Parameter mediaType: what it is served as, where the storage serves it: `application/pdf`.
    func write(_ bytes: [UInt8], to key: StorageKey, mediaType: String) async throws(StorageError)

    /// The same with what is in a file, which may be larger than the memory.
    func write(file path: String, to key: StorageKey, mediaType: String) async throws(StorageError)

    /// Where a person finds it: a path, or an address that needs an account.
    func place(of key: StorageKey) -> String

    /// Removes an object. It is no error that there is none.
    func delete(_ key: StorageKey) async throws(StorageError)
}
