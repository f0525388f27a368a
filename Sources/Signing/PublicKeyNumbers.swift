/// What a public key consists of. All numbers begin with their highest byte.
package enum PublicKeyNumbers: Sendable, Equatable {
    case rsa(modulus: [UInt8], exponent: [UInt8])
    /// Coordinates of 32 bytes.
    case p256(x: [UInt8], y: [UInt8])
    /// Coordinates of 48 bytes.
    case p384(x: [UInt8], y: [UInt8])
    /// 32 bytes.
    case ed25519(x: [UInt8])

    /// SubjectPublicKeyInfo of X.509, in DER: RFC 3279, 2.3.1; RFC 5480, 2; RFC 8410, 4.
    var info: [UInt8] {
        switch self {
        case .rsa(let modulus, let exponent):
            Self.info(
                [DER.identifier(1, 2, 840, 113549, 1, 1, 1), DER.null],
                DER.sequence(DER.unsigned(modulus), DER.unsigned(exponent)))
        case .p256(let x, let y): Self.info([Self.curveKey, DER.identifier(1, 2, 840, 10045, 3, 1, 7)], [4] + x + y)
        case .p384(let x, let y): Self.info([Self.curveKey, DER.identifier(1, 3, 132, 0, 34)], [4] + x + y)
        case .ed25519(let x): Self.info([DER.identifier(1, 3, 101, 112)], x)
        }
    }

    private static let curveKey = DER.identifier(1, 2, 840, 10045, 2, 1)

    private static func info(_ algorithm: [[UInt8]], _ key: [UInt8]) -> [UInt8] {
        DER.sequence(DER.element(0x30, algorithm.flatMap { $0 }), DER.bits(key))
    }
}
