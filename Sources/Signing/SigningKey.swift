internal import CCrypto

/// A private key that signs: RSA (PKCS #1 v1.5 over SHA-256) or Ed25519.
///
/// `@unchecked Sendable`: OpenSSL 3 lets any number of threads sign with one key at once, each with a context of its own
/// as below (openssl-threads(7)), and nothing changes the key after it was read.
package final class SigningKey: @unchecked Sendable {
    package enum Algorithm: Sendable {
        case rsa
        case ed25519
    }

    package let algorithm: Algorithm
    private let key: OpaquePointer

    /// Reads a private key in PEM, as `openssl genpkey` writes it, without a passphrase.
    /// - Throws: ``SigningError`` for any other text, other algorithms, and RSA keys of less than 2048 bits.
    package convenience init(pem: [UInt8]) throws(SigningError) {
        guard let key = Self.read(pem) else {
            throw SigningError("It is no private key in PEM without a passphrase.")
        }
        switch EVP_PKEY_get_id(key) {
        case EVP_PKEY_RSA where EVP_PKEY_get_bits(key) >= 2048: self.init(.rsa, owning: key)
        case EVP_PKEY_ED25519: self.init(.ed25519, owning: key)
        default:
            EVP_PKEY_free(key)
            throw SigningError("It is neither an RSA key of at least 2048 bits nor an Ed25519 key.")
        }
    }

    private init(_ algorithm: Algorithm, owning key: OpaquePointer) {
        self.algorithm = algorithm
        self.key = key
    }

    deinit { EVP_PKEY_free(key) }

    /// RSA signs the SHA-256 hash of the message; Ed25519 the message itself.
    /// - Returns: 64 bytes for Ed25519, as many as the key has for RSA.
    package func signature(of message: [UInt8]) -> [UInt8] {
        guard let context = EVP_MD_CTX_new() else { preconditionFailure("OpenSSL has no memory left") }
        defer { EVP_MD_CTX_free(context) }
        let digest = algorithm == .rsa ? EVP_sha256() : nil
        var length = Int(EVP_PKEY_get_size(key))
        var signature = [UInt8](repeating: 0, count: length)
        guard EVP_DigestSignInit(context, nil, digest, nil, key) == 1,
            EVP_DigestSign(context, &signature, &length, message, message.count) == 1
        else { preconditionFailure("OpenSSL cannot sign with a key that it has read") }
        return Array(signature.prefix(length))
    }

    /// The public half as DKIM publishes it: with its wrapping (X.509) for RSA, its 32 bytes alone for Ed25519.
    package var publicKey: [UInt8] {
        switch algorithm {
        case .rsa:
            var bytes = [UInt8](repeating: 0, count: Int(max(0, i2d_PUBKEY(key, nil))))
            bytes.withUnsafeMutableBufferPointer { room in
                // It moves the pointer that it is given.
                var next = room.baseAddress
                _ = i2d_PUBKEY(key, &next)
            }
            return bytes
        case .ed25519:
            var (bytes, length) = ([UInt8](repeating: 0, count: 32), 32)
            _ = EVP_PKEY_get_raw_public_key(key, &bytes, &length)
            return bytes
        }
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
