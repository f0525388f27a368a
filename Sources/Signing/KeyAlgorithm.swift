/// What a key signs with, always over SHA-256, but for Ed25519, which hashes by itself.
package enum KeyAlgorithm: Sendable, CaseIterable {
    /// RSA of at least 2048 bits, with the padding of PKCS #1 v1.5: the same message has the same signature.
    case rsa
    /// ECDSA on P-256 (secp256r1).
    case p256
    /// ECDSA on P-384 (secp384r1).
    case p384
    /// RFC 8032.
    case ed25519

    /// Bytes of each of the two numbers of an ECDSA signature.
    package var coordinateBytes: Int? {
        switch self {
        case .p256: 32
        case .p384: 48
        case .rsa, .ed25519: nil
        }
    }
}
