/// The two numbers of an ECDSA signature, in the two ways in which they are written.
package enum ECDSASignature {
    /// - Parameters:
    ///   - der: a sequence of two integers, as ``SigningKey/signature(of:)`` makes it.
    ///   - width: bytes of each number.
    /// - Returns: one number behind the other, as JOSE wants them (RFC 7518, 3.4).
    package static func fixedWidth(_ der: [UInt8], width: Int) -> [UInt8] {
        // 30 length 02 length r 02 length s: below 128 bytes, each length is a byte.
        let first = der.dropFirst(4).prefix(Int(der[3]))
        return padded(first, to: width) + padded(der[(first.endIndex + 2)...], to: width)
    }

    /// - Returns: nil for what is not two numbers of that width.
    package static func der(_ fixed: [UInt8], width: Int) -> [UInt8]? {
        guard fixed.count == 2 * width else { return nil }
        return DER.sequence(DER.unsigned(fixed.prefix(width)), DER.unsigned(fixed.suffix(width)))
    }

    private static func padded(_ number: ArraySlice<UInt8>, to width: Int) -> [UInt8] {
        let digits = number.drop { $0 == 0 }
        return Array(repeating: 0, count: width - digits.count) + digits
    }
}
