import Storage

/// Fetches what jobs attach.
struct AttachmentReader: Sendable {
    /// Of all attachments of a mail together: base64 makes a third more of them, and servers refuse what is larger.
    static let maxBytes = 7 << 20
    static let maxCount = 50

    let storage: any ObjectStorage

    /// - Throws: ``InvalidEmail`` for what no retry will mend, `StorageError` when the storage fails.
    func read(_ references: [AttachmentReference]) async throws -> [AttachedFile] {
        guard references.count <= Self.maxCount else {
            throw InvalidEmail("The mail has more than \(Self.maxCount) attachments; send a link to a page with them.")
        }
        var files: [AttachedFile] = []
        var room = Self.maxBytes
        for reference in references {
            let file = try await read(reference, maxBytes: room)
            room -= file.contents.count
            files.append(file)
        }
        return files
    }

    private func read(_ reference: AttachmentReference, maxBytes: Int) async throws -> AttachedFile {
        guard let key = StorageKey(reference.key) else {
            throw InvalidEmail(
                "\(InvalidEmail.quoted(reference.key)) is no key in the storage; write one such as certificates/4711.pdf."
            )
        }
        let name = reference.name ?? key.lastComponent
        let type =
            try reference.type.map { text throws(InvalidEmail) in try MediaType(text) } ?? MediaType(ofFile: name)
        do {
            return try AttachedFile(
                name: name, mediaType: type, contents: try await storage.read(key, maxBytes: maxBytes))
        } catch let error as StorageError {
            throw Self.lasting(error) ?? error
        }
    }

    /// The sentence for what will be the same at the next attempt.
    private static func lasting(_ error: StorageError) -> InvalidEmail? {
        switch error {
        case .absent: InvalidEmail("\(error) Put it there and replay the job.")
        case .tooLarge:
            InvalidEmail("The attachments are larger than \(maxBytes) bytes together; link to what is large instead.")
        case .unavailable: nil
        }
    }
}
