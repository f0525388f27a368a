/// A file in the storage that travels with a mail: `{"key":"certificates/4711.pdf","name":"Certificate.pdf"}`.
struct AttachmentReference: Codable, Sendable {
    var key: String
    /// What the reader sees. Else the last part of the key.
    var name: String?
    /// `application/pdf`. Else by the ending of the name.
    var type: String?
}
