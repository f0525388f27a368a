internal import CCrypto

/// A private key that signs.
package final class SigningKey: Sendable {
    private let key: OpenKey

    package var algorithm: KeyAlgorithm { key.algorithm }

    private init(_ key: OpenKey) { self.key = key }

    /// Reads a private key in PEM, as `openssl genpkey` writes it, without a passphrase.
    /// - Throws: ``SigningError`` for any other text, other algorithms, and RSA keys of less than 2048 bits.
    package convenience init(pem: [UInt8]) throws(SigningError) {
        guard let key = Self.read(pem) else {
            throw SigningError("It is no private key in PEM without a passphrase.")
        }
        self.init(try OpenKey(owning: key))
    }

    /// A new key: of 2048 bits for RSA, which sign in a sixth of the time of 3072.
    /// - Throws: ``SigningError`` when OpenSSL has no randomness or no memory.
    package static func generate(_ algorithm: KeyAlgorithm) throws(SigningError) -> SigningKey {
        let key =
            switch algorithm {
            case .rsa: cw_generate_rsa(2048)
            case .p256: cw_generate_on_curve("P-256")
            case .p384: cw_generate_on_curve("P-384")
            case .ed25519: cw_generate_ed25519()
            }
        guard let key else { throw SigningError("OpenSSL cannot make a key.") }
        return SigningKey(try OpenKey(owning: key))
    }

    /// RSA and ECDSA sign the SHA-256 hash of the message; Ed25519 the message itself.
    /// - Returns: 64 bytes for Ed25519, as many as the key has for RSA, two integers in DER for ECDSA.
    package func signature(of message: [UInt8]) -> [UInt8] {
        guard let context = EVP_MD_CTX_new() else { preconditionFailure("OpenSSL has no memory left") }
        defer { EVP_MD_CTX_free(context) }
        var length = Int(EVP_PKEY_get_size(key.pointer))
        var signature = [UInt8](repeating: 0, count: length)
        guard EVP_DigestSignInit(context, nil, key.digest, nil, key.pointer) == 1,
            EVP_DigestSign(context, &signature, &length, message, message.count) == 1
        else { preconditionFailure("OpenSSL cannot sign with a key that it has read") }
        return Array(signature.prefix(length))
    }

    package var publicKey: PublicKey { PublicKey(key) }

    /// The key itself, for a file that nobody else can read: PKCS #8 in PEM.
    package var pem: [UInt8] {
        guard let sink = BIO_new(BIO_s_mem()) else { preconditionFailure("OpenSSL has no memory left") }
        defer { BIO_free(sink) }
        var bytes: UnsafeMutablePointer<CChar>?
        guard PEM_write_bio_PKCS8PrivateKey(sink, key.pointer, nil, nil, 0, nil, nil) == 1,
            case let count = cw_bio_bytes(sink, &bytes), let bytes
        else { preconditionFailure("OpenSSL cannot write a key that it has read") }
        return UnsafeRawBufferPointer(start: bytes, count: count).map { $0 }
    }

    private static func read(_ pem: [UInt8]) -> OpaquePointer? {
        guard let count = Int32(exactly: pem.count), let source = BIO_new_mem_buf(pem, count) else { return nil }
        defer {
            BIO_free(source)
            ERR_clear_error()
        }
        // Without an answer to its question for a passphrase, OpenSSL would ask the terminal.
        return PEM_read_bio_PrivateKey(source, nil, { _, _, _, _ in 0 }, nil)
    }
}
