extension Decimal128 {
    /// Reads `12`, `-0.5`, `+.5`, `1.` or `6.02e23`; digits behind the 34th are rounded half to even.
    ///
    /// Its time is bounded: a text of more than 200 bytes is not a number.
    public init(_ text: String) throws(InvalidDecimal) { self = try Self.read(text.utf8) }

    public init(_ text: Substring) throws(InvalidDecimal) { self = try Self.read(text.utf8) }

    private static func read(_ bytes: some Collection<UInt8>) throws(InvalidDecimal) -> Decimal128 {
        if let short = short(bytes) { return short }
        var scanner = DecimalScanner()
        var count = 0
        for byte in bytes {
            count += 1
            guard count <= 200, scanner.take(byte) else { throw .notANumber }
        }
        guard let result = scanner.result else { throw .notANumber }
        let value = Decimal128(rounding: result)
        guard value.isInRange else { throw value.order > 0 ? .tooLarge : .tooSmall }
        return value
    }

    /// Up to 18 digits with a point at most: nearly every number there is, read in 64 bits.
    private static func short(_ bytes: some Collection<UInt8>) -> Decimal128? {
        var (digits, places, count): (Int64, Int, Int) = (0, 0, 0)
        var (isNegative, isBehindPoint) = (false, false)
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9") where count < 18:
                digits = digits * 10 + Int64(byte - UInt8(ascii: "0"))
                count += 1
                if isBehindPoint { places += 1 }
            case UInt8(ascii: ".") where !isBehindPoint: isBehindPoint = true
            case UInt8(ascii: "-") where index == 0: isNegative = true
            default: return nil
            }
        }
        return count == 0 ? nil : Decimal128(exactly: Int128(isNegative ? -digits : digits), exponent: -places)
    }
}

extension Decimal128: CustomStringConvertible {
    /// Plain digits such as `-0.05`, without zeros at the end; `6.02e23` from 10^21 on and below 10^-12.
    public var description: String {
        if exponent == 0, let small = Int64(exactly: significand) { return String(small) }
        let shortest = withoutTrailingZeros
        let digits = String(shortest.significand.magnitude)
        let sign = isNegative ? "-" : ""
        guard (-12..<21).contains(order) else { return sign + Self.scientific(digits, order) }
        if shortest.exponent >= 0 { return sign + digits + Self.zeros(shortest.exponent) }
        let whole = digits.utf8.count + shortest.exponent
        return whole > 0
            ? "\(sign)\(digits.prefix(whole)).\(digits.dropFirst(whole))" : "\(sign)0.\(Self.zeros(-whole))\(digits)"
    }

    private static func zeros(_ count: Int) -> String { String(repeating: "0", count: count) }

    private static func scientific(_ digits: String, _ order: Int) -> String {
        let tail = digits.dropFirst()
        return "\(digits.prefix(1))\(tail.isEmpty ? "" : ".")\(tail)e\(order)"
    }
}
