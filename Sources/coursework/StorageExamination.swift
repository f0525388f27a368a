import Storage

/// The check of `doctor` that concerns the storage: an object is written, read and deleted.
struct StorageExamination {
    let storage: any ObjectStorage
    /// Whether the configuration names one: the folder that goes without saying may be of no use to anybody.
    let isNamed: Bool

    func finding() async -> Finding {
        let check = "storage"
        guard let key = StorageKey("doctor/\(UInt64.random(in: .min ... .max))") else { preconditionFailure("a key") }
        do {
            try await storage.write(Array("Is it well?".utf8), to: key, mediaType: "text/plain")
            _ = try await storage.read(key, maxBytes: 100)
            try await storage.delete(key)
            return Finding(check: check, state: .ok, message: "Objects can be written, read and deleted.")
        } catch {
            return Finding(check: check, state: isNamed ? .error : .warning, message: "\(error)")
        }
    }
}
