import Storage

/// A storage that says what is being written.
struct WatchedStorage: ObjectStorage {
    let inner: FolderStorage
    let willWrite: @Sendable (StorageKey) -> Void

    func write(_ bytes: [UInt8], to key: StorageKey, mediaType: String) async throws(StorageError) {
        willWrite(key)
        try await inner.write(bytes, to: key, mediaType: mediaType)
    }

    func write(file path: String, to key: StorageKey, mediaType: String) async throws(StorageError) {
        willWrite(key)
        try await inner.write(file: path, to: key, mediaType: mediaType)
    }

    func read(_ key: StorageKey, maxBytes: Int) async throws(StorageError) -> [UInt8] {
        try await inner.read(key, maxBytes: maxBytes)
    }

    func readPiece(_ key: StorageKey, from offset: Int, maxBytes: Int) async throws(StorageError) -> StoragePiece {
        try await inner.readPiece(key, from: offset, maxBytes: maxBytes)
    }

    func delete(_ key: StorageKey) async throws(StorageError) { try await inner.delete(key) }

    func place(of key: StorageKey) -> String { inner.place(of: key) }
}
