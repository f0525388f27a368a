internal import CCrypto

/// AES with keys of 128 bits, in CBC mode with padding (PKCS #7): what HLS encrypts segments with.
package enum AES128 {
    /// Bytes of a key, and of a block.
    package static let keyLength = 16

    package static func randomKey() -> [UInt8] {
        (0..<keyLength).map { _ in UInt8.random(in: 0 ... .max) }
    }

    /// - Parameters:
    ///   - key: 16 bytes.
    ///   - vector: the initialization vector, 16 bytes.
    package static func encrypt(_ bytes: [UInt8], key: [UInt8], vector: [UInt8]) -> [UInt8] {
        precondition(key.count == keyLength && vector.count == keyLength, "AES-128 takes 16 bytes")
        let context = EVP_CIPHER_CTX_new()
        defer { EVP_CIPHER_CTX_free(context) }
        return [UInt8](unsafeUninitializedCapacity: bytes.count + keyLength) { output, count in
            var (written, rest) = (Int32(0), Int32(0))
            EVP_EncryptInit_ex(context, EVP_aes_128_cbc(), nil, key, vector)
            EVP_EncryptUpdate(context, output.baseAddress, &written, bytes, Int32(bytes.count))
            EVP_EncryptFinal_ex(context, output.baseAddress! + Int(written), &rest)
            count = Int(written + rest)
        }
    }
}
