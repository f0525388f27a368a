import Storage
import Synchronization

/// A storage that fails when it is told to.
final class StubbornStorage: ObjectStorage {
    enum Fault: Sendable {
        /// Nothing is written.
        case beforeWriting
        /// It is written, and nobody hears of it: as if the worker had died.
        case afterWriting
    }

    private let inner: FolderStorage
    private let fault = Mutex<Fault?>(nil)

    init(_ inner: FolderStorage) { self.inner = inner }

    /// What happens to the next object that is written.
    func failOnce(_ next: Fault) { fault.withLock { $0 = next } }

    func write(_ bytes: [UInt8], to key: StorageKey, mediaType: String) async throws(StorageError) {
        let next = fault.withLock { fault in
            defer { fault = nil }
            return fault
        }
        if next == .beforeWriting { throw .unavailable("the disk is on fire") }
        try await inner.write(bytes, to: key, mediaType: mediaType)
        if next == .afterWriting { throw .unavailable("the answer was lost") }
    }

    func write(file path: String, to key: StorageKey, mediaType: String) async throws(StorageError) {
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
