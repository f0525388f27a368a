internal import CCrypto

/// The hash of what comes in pieces.
package final class SHA256Stream {
    private let context: OpaquePointer

    package init() {
        guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
            preconditionFailure("libcrypto has no SHA-256")
        }
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    package func update(_ bytes: [UInt8]) {
        _ = bytes.withUnsafeBufferPointer { EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
    }

    /// The hash of all pieces, in 64 lower-case hexadecimal digits. To be called once, at the end.
    package func finish() -> String {
        SHA256.text(
            hash: [UInt8](unsafeUninitializedCapacity: SHA256.length) { hash, count in
                EVP_DigestFinal_ex(context, hash.baseAddress, nil)
                count = SHA256.length
            })
    }
}
