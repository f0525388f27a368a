internal import CCrypto

/// AES with keys of 256 bits in Galois/Counter Mode (NIST SP 800-38D): what it hides can neither be read nor changed
/// unnoticed without the key.
package enum AES256GCM {
    package static let keyLength = 32
    private static let nonceLength = 12
    private static let tagLength = 16
    /// What a sealed text is longer than the clear one.
    package static let overhead = nonceLength + tagLength

    /// From the generator of libcrypto, which is made for keys.
    package static func randomKey() -> [UInt8] { random(keyLength) }

    /// Under a random nonce of 96 bits: one key is good for four thousand million texts.
    /// - Parameters:
    ///   - key: 32 bytes.
    ///   - context: what the text belongs to; it is not hidden, and must be the same when it is opened.
    /// - Returns: the nonce, the hidden text and its tag.
    package static func seal(_ bytes: some Collection<UInt8>, key: [UInt8], context: [UInt8]) -> [UInt8] {
        precondition(key.count == keyLength, "AES-256 takes keys of 32 bytes")
        let (clear, nonce) = (Array(bytes), random(nonceLength))
        let cipher = EVP_CIPHER_CTX_new()
        defer { EVP_CIPHER_CTX_free(cipher) }
        var isSealed = false
        let sealed = [UInt8](unsafeUninitializedCapacity: clear.count + overhead) { output, count in
            let start = output.baseAddress!
            start.initialize(from: nonce, count: nonceLength)
            let (text, tag) = (start + nonceLength, start + nonceLength + clear.count)
            var written = Int32(0)
            isSealed =
                EVP_EncryptInit_ex(cipher, EVP_aes_256_gcm(), nil, key, nonce) == 1
                && EVP_EncryptUpdate(cipher, nil, &written, context, Int32(context.count)) == 1
                && EVP_EncryptUpdate(cipher, text, &written, clear, Int32(clear.count)) == 1
                && EVP_EncryptFinal_ex(cipher, tag, &written) == 1
                && EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_GET_TAG, Int32(tagLength), tag) == 1
            count = isSealed ? clear.count + overhead : 0
        }
        precondition(isSealed, "libcrypto cannot encrypt")
        return sealed
    }

    /// - Returns: nil for what was not sealed with this key and context, or was changed since.
    package static func open(_ sealed: [UInt8], key: [UInt8], context: [UInt8]) -> [UInt8]? {
        precondition(key.count == keyLength, "AES-256 takes keys of 32 bytes")
        guard sealed.count >= overhead else { return nil }
        let length = sealed.count - overhead
        var tag = Array(sealed.suffix(tagLength))
        let cipher = EVP_CIPHER_CTX_new()
        defer { EVP_CIPHER_CTX_free(cipher) }
        var isGenuine = false
        let clear = [UInt8](unsafeUninitializedCapacity: length + tagLength) { output, count in
            sealed.withUnsafeBufferPointer { sealed in
                var written = Int32(0)
                isGenuine =
                    EVP_DecryptInit_ex(cipher, EVP_aes_256_gcm(), nil, key, sealed.baseAddress) == 1
                    && EVP_DecryptUpdate(cipher, nil, &written, context, Int32(context.count)) == 1
                    && EVP_DecryptUpdate(
                        cipher, output.baseAddress, &written, sealed.baseAddress! + nonceLength, Int32(length)) == 1
                    && EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_SET_TAG, Int32(tagLength), &tag) == 1
                    && EVP_DecryptFinal_ex(cipher, output.baseAddress! + length, &written) == 1
            }
            count = isGenuine ? length : 0
        }
        return isGenuine ? clear : nil
    }

    private static func random(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        precondition(RAND_bytes(&bytes, Int32(count)) == 1, "libcrypto has no randomness")
        return bytes
    }
}
