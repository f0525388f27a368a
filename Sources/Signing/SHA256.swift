internal import CCrypto

/// The hash SHA-256 (FIPS 180-4).
package enum SHA256 {
    /// Bytes of a hash.
    package static let length = 32

    /// The hash in 64 lower-case hexadecimal digits.
    package static func text(_ bytes: [UInt8]) -> String { text(hash: hash(bytes)) }

    package static func text(hash: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: hash.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    package static func hash(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: length) { hash, count in
            bytes.withUnsafeBufferPointer {
                let isDone = EVP_Digest($0.baseAddress, $0.count, hash.baseAddress, nil, algorithm, nil)
                precondition(isDone == 1, "libcrypto has no SHA-256")
            }
            count = length
        }
    }

    /// Looked up once: that takes longer than the hash of a key. Nobody changes it.
    nonisolated(unsafe) private static let algorithm = EVP_MD_fetch(nil, "SHA256", nil)
}
