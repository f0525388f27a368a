package import HTTPServer
package import Jobs

/// What is kept of a key: who may do what with it, and nothing by which it could be used.
package struct KeyRecord: Sendable, Equatable, Codable {
    package let id: String
    /// What people call it: letters, digits and `-_.`.
    package let name: String
    package let role: Role
    /// SHA-256 of the secret, in hexadecimal digits.
    package let hash: String
    package let created: Timestamp
    package let createdBy: String
    /// From when on it does not hold; nil for never.
    package var expires: Timestamp?

    package func hasExpired(at milliseconds: Int) -> Bool { expires.map { $0.milliseconds <= milliseconds } ?? false }

    /// Whether a text can name a key.
    package static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
                case UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                default: "-_.".utf8.contains(byte)
                }
            }
    }
}

extension Role: Codable {}
