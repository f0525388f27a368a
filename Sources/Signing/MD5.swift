internal import CCrypto

/// The hash MD5 (RFC 1321): for formats that have it as a checksum. It protects against nobody.
package enum MD5 {
    package static func hash(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 16) { hash, count in
            bytes.withUnsafeBufferPointer {
                _ = EVP_Digest($0.baseAddress, $0.count, hash.baseAddress, nil, EVP_md5(), nil)
            }
            count = 16
        }
    }
}
