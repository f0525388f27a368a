internal import Signing

/// AlgorithmIdentifiers, in DER.
enum CMSAlgorithm {
    /// RFC 5754, 2.
    static let sha256 = DER.sequence(DER.identifier(2, 16, 840, 1, 101, 3, 4, 2, 1))

    /// Of a signature in a SignerInfo: RFC 5754, 3.
    static func messageSignature(_ algorithm: KeyAlgorithm) -> [UInt8] {
        algorithm == .rsa
            ? DER.sequence(DER.identifier(1, 2, 840, 113549, 1, 1, 1), DER.null) : certificateSignature(algorithm)
    }

    /// Of a signature on a certificate: RFC 4055, 5; RFC 5758, 3.2; RFC 8410, 3.
    static func certificateSignature(_ algorithm: KeyAlgorithm) -> [UInt8] {
        switch algorithm {
        case .rsa: DER.sequence(DER.identifier(1, 2, 840, 113549, 1, 1, 11), DER.null)
        case .p256, .p384: DER.sequence(DER.identifier(1, 2, 840, 10045, 4, 3, 2))
        case .ed25519: DER.sequence(DER.identifier(1, 3, 101, 112))
        }
    }
}
