internal import CCrypto

/// The hash SHA-256 (FIPS 180-4).
package enum SHA256 {
    /// Bytes of a hash.
    package static let length = 32

    package static func hash(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: length) { hash, count in
            bytes.withUnsafeBufferPointer { _ = CCrypto.SHA256($0.baseAddress, $0.count, hash.baseAddress) }
            count = length
        }
    }
}
