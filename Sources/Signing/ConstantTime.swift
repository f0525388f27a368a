internal import CCrypto

/// Comparisons of secrets.
package enum ConstantTime {
    /// Takes as long for wrong bytes as for the right ones, wherever they differ. Only their count is told.
    package static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }
}
