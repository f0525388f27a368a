/// The code by which a certificate is found: 80 random bits in Crockford's Base32, `7QF4-9KXM-2D8R-T5VC`.
package struct CertificateCode: Sendable, Hashable, CustomStringConvertible {
    private static let letters = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    private static let count = 16

    package let text: String

    /// A new one, which nobody can guess.
    package init() {
        var random = SystemRandomNumberGenerator()
        self.init(letters: (0..<Self.count).map { _ in Self.letters[Int(random.next() & 31)] })
    }

    /// What a person typed: in either case, with or without what parts it, O for 0, I and L for 1. Nil for what is no code.
    package init?(_ typed: String) {
        guard typed.utf8.count <= 64 else { return nil }
        var read: [UInt8] = []
        for byte in typed.uppercased().utf8 {
            switch byte {
            case UInt8(ascii: "-"), UInt8(ascii: " "): continue
            case UInt8(ascii: "O"): read.append(UInt8(ascii: "0"))
            case UInt8(ascii: "I"), UInt8(ascii: "L"): read.append(UInt8(ascii: "1"))
            case let byte where Self.letters.contains(byte): read.append(byte)
            default: return nil
            }
        }
        guard read.count == Self.count else { return nil }
        self.init(letters: read)
    }

    private init(letters: [UInt8]) {
        text = stride(from: 0, to: letters.count, by: 4)
            .map { String(decoding: letters[$0..<($0 + 4)], as: UTF8.self) }.joined(separator: "-")
    }

    package var description: String { text }
}
