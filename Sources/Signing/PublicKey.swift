internal import CCrypto

/// The half of a key that everybody may know: it tells whether the other half has signed.
package final class PublicKey: Sendable {
    private let key: OpenKey

    package var algorithm: KeyAlgorithm { key.algorithm }

    init(_ key: OpenKey) { self.key = key }

    /// - Parameter info: SubjectPublicKeyInfo of X.509, in DER.
    /// - Throws: ``SigningError`` for any other bytes, other algorithms, and RSA keys of less than 2048 bits.
    package convenience init(info: [UInt8]) throws(SigningError) {
        let key = info.withUnsafeBufferPointer { bytes in
            var next = bytes.baseAddress
            return d2i_PUBKEY(nil, &next, bytes.count)
        }
        ERR_clear_error()
        guard let key else { throw SigningError("It is no public key.") }
        self.init(try OpenKey(owning: key))
    }

    /// - Throws: ``SigningError`` for numbers that are no key.
    package convenience init(_ numbers: PublicKeyNumbers) throws(SigningError) { try self.init(info: numbers.info) }

    /// SubjectPublicKeyInfo of X.509 (RFC 5280, 4.1.2.7), in DER.
    package var info: [UInt8] { key.publicKeyInfo }

    /// Whether the signature, as `SigningKey.signature(of:)` makes it, is one of the message.
    package func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        guard let context = EVP_MD_CTX_new() else { preconditionFailure("OpenSSL has no memory left") }
        defer {
            EVP_MD_CTX_free(context)
            ERR_clear_error()
        }
        return EVP_DigestVerifyInit(context, nil, key.digest, nil, key.pointer) == 1
            && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }

    package var numbers: PublicKeyNumbers {
        let info = key.publicKeyInfo
        switch algorithm {
        case .rsa:
            return .rsa(modulus: number(OSSL_PKEY_PARAM_RSA_N), exponent: number(OSSL_PKEY_PARAM_RSA_E))
        case .p256: return .p256(x: Array(info.suffix(64).prefix(32)), y: Array(info.suffix(32)))
        case .p384: return .p384(x: Array(info.suffix(96).prefix(48)), y: Array(info.suffix(48)))
        case .ed25519: return .ed25519(x: Array(info.suffix(32)))
        }
    }

    private func number(_ name: String) -> [UInt8] {
        var number: OpaquePointer?
        guard EVP_PKEY_get_bn_param(key.pointer, name, &number) == 1, let number else {
            preconditionFailure("OpenSSL lost a part of a key that it has read")
        }
        defer { BN_free(number) }
        var bytes = [UInt8](repeating: 0, count: Int(BN_num_bits(number) + 7) / 8)
        BN_bn2bin(number, &bytes)
        return bytes
    }
}
