/// A mail as Python's `email` package understands it: see Tests/Tools/read_mail.py.
public struct ReadMail: Decodable, Sendable {
    public struct Part: Decodable, Sendable {
        public let type: String
        /// Of a file, its SHA-256 in hexadecimal digits.
        public let text: String
    }

    public let headers: [String: String]
    public let type: String
    public let parts: [Part]
    public let defects: [String]
}
