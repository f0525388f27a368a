import CertificateTemplates
import Storage
import Synchronization

/// The signatures of instructors, PNG images in the storage: a few are kept, since many certificates show the same.
final class SignatureImages: Sendable {
    private static let most = 32
    private static let mostBytes = 2 << 20

    private let storage: any ObjectStorage
    private let images = Mutex<[String: [UInt8]]>([:])

    init(_ storage: any ObjectStorage) { self.storage = storage }

    /// - Throws: ``CertificateRefusal`` for what a person must mend, `StorageError` when the storage fails.
    func image(_ text: String) async throws -> [UInt8] {
        if let image = images.withLock({ $0[text] }) { return image }
        guard let key = StorageKey(text) else {
            throw CertificateRefusal("'signature' is no key in the storage; write one such as signatures/babbage.png.")
        }
        let image = try await read(key)
        images.withLock { images in
            if images.count >= Self.most { images.removeAll() }
            images[text] = image
        }
        return image
    }

    private func read(_ key: StorageKey) async throws -> [UInt8] {
        do {
            return try await storage.read(key, maxBytes: Self.mostBytes)
        } catch StorageError.absent {
            throw CertificateRefusal("There is no signature '\(key)' in the storage; put it there and replay the job.")
        } catch StorageError.tooLarge {
            throw CertificateRefusal("The signature '\(key)' is larger than 2 MiB; make it smaller.")
        }
    }
}
