extension UInt128 {
    /// 10^0 to 10^38: all that fit.
    static let powersOfTen: [UInt128] = {
        var powers: [UInt128] = [1]
        for _ in 1...38 { powers.append(powers[powers.count - 1] * 10) }
        return powers
    }()

    /// How many decimal digits it has; 1 for zero.
    var decimalDigits: Int {
        // 1233 / 4096 is a little above log10(2).
        let estimate = ((UInt128.bitWidth - leadingZeroBitCount) * 1233) >> 12
        return Swift.max(1, estimate + (estimate < 39 && self >= Self.powersOfTen[estimate] ? 1 : 0))
    }

    /// The quotient by 10^`digits`, for 38 digits at most, and whether anything was cut off.
    func droppingDigits(_ digits: Int) -> (quotient: UInt128, remainder: UInt128) {
        let power = Self.powersOfTen[digits]
        if let (small, divisor) = Self.bothSmall(self, power) {
            let (quotient, remainder) = small.quotientAndRemainder(dividingBy: divisor)
            return (UInt128(quotient), UInt128(remainder))
        }
        return quotientAndRemainder(dividingBy: power)
    }

    /// Dividing 64 bits is many times faster than 128.
    private static func bothSmall(_ first: UInt128, _ second: UInt128) -> (UInt64, UInt64)? {
        guard let first = UInt64(exactly: first), let second = UInt64(exactly: second) else { return nil }
        return (first, second)
    }
}
