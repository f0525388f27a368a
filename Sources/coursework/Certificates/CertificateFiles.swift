import CertificateRecord
import Storage

/// Deletes files that no certificate has.
struct CertificateFiles {
    private let record: CertificateRecord
    private let storage: any ObjectStorage

    init(_ record: CertificateRecord, _ storage: any ObjectStorage) { (self.record, self.storage) = (record, storage) }

    /// What is noted of them goes last, so that one which cannot be deleted is not forgotten.
    func delete(_ keys: [String]) async throws {
        for key in keys.compactMap({ StorageKey($0) }) {
            do { try await storage.delete(key) } catch {
                throw CommandFailure(.unavailable, "\(error) Run coursework certificates tidy later.")
            }
        }
        try await record.forget(files: keys)
    }
}
