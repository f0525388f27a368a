package import Signing

extension KeyAlgorithm {
    /// As JOSE names it (RFC 7518, 3.1; RFC 8037, 3.1); nil for P-384, which JOSE has with another hash.
    package var joseName: String? {
        switch self {
        case .rsa: "RS256"
        case .p256: "ES256"
        case .ed25519: "EdDSA"
        case .p384: nil
        }
    }
}

extension SigningKey {
    /// The signature as JOSE writes it.
    func joseSignature(of message: [UInt8]) -> [UInt8] {
        let signature = signature(of: message)
        return algorithm.coordinateBytes.map { ECDSASignature.fixedWidth(signature, width: $0) } ?? signature
    }
}

extension PublicKey {
    func verifies(joseSignature signature: [UInt8], of message: [UInt8]) -> Bool {
        guard let width = algorithm.coordinateBytes else { return verifies(signature, of: message) }
        return ECDSASignature.der(signature, width: width).map { verifies($0, of: message) } ?? false
    }
}
