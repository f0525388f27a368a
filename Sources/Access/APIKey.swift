internal import Signing

/// What a program shows to be let in: `cwk_<id>_<secret>`.
///
/// The secret has 256 random bits, so what is kept of it is its SHA-256 alone: hashes that are slow on purpose make up for
/// secrets that people choose. Nobody guesses this one, and the server hashes it for each request.
package struct APIKey: Sendable, CustomStringConvertible, CustomReflectable {
    static let beginning = "cwk_"
    private static let idBytes = 6
    private static let secretBytes = 32
    private static let digits = Array("0123456789abcdef".utf8)

    /// Tells which key it is, and is no secret: 12 hexadecimal digits.
    package let id: String
    private let secret: [UInt8]

    package static func generate() -> APIKey {
        APIKey(id: String(decoding: random(idBytes), as: UTF8.self), secret: random(secretBytes))
    }

    private init(id: String, secret: [UInt8]) { (self.id, self.secret) = (id, secret) }

    /// Nil for any other text.
    package init?(_ text: some StringProtocol) { self.init(Array(text.utf8)[...]) }

    /// Nil for any other bytes.
    init?(_ bytes: ArraySlice<UInt8>) {
        let begins = bytes.startIndex + Self.beginning.utf8.count
        let idEnd = begins + Self.idBytes * 2
        guard bytes.endIndex == idEnd + 1 + Self.secretBytes * 2, bytes.starts(with: Self.beginning.utf8),
            bytes[idEnd] == UInt8(ascii: "_"), bytes[begins..<idEnd].allSatisfy(Self.isDigit),
            bytes[(idEnd + 1)...].allSatisfy(Self.isDigit)
        else { return nil }
        self.init(id: String(decoding: bytes[begins..<idEnd], as: UTF8.self), secret: Array(bytes[(idEnd + 1)...]))
    }

    /// To be shown once, to who made it.
    package var text: String { "\(Self.beginning)\(id)_\(String(decoding: secret, as: UTF8.self))" }

    /// What is kept of the secret.
    var hash: [UInt8] { SHA256.hash(secret) }

    package var description: String { "\(Self.beginning)\(id)_***" }
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// From the system's generator, for what must not be guessed.
    private static func random(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).flatMap { _ in
            let byte = UInt8.random(in: .min ... .max, using: &generator)
            return [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
        default: false
        }
    }
}
