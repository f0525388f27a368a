extension Decimal128: Comparable {
    public static func == (left: Decimal128, right: Decimal128) -> Bool {
        if left.exponent == right.exponent { return left.significand == right.significand }
        return compare(left, right) == 0
    }

    public static func < (left: Decimal128, right: Decimal128) -> Bool {
        if left.exponent == right.exponent { return left.significand < right.significand }
        return compare(left, right) < 0
    }

    /// Below, at or above zero, as the left one is.
    private static func compare(_ left: Decimal128, _ right: Decimal128) -> Int {
        let (sign, otherSign) = (left.significand.signum(), right.significand.signum())
        guard sign == otherSign, sign != 0 else { return Int(sign - otherSign) }
        if let difference = shortDifference(left, right) { return difference }
        let (order, otherOrder) = (left.order, right.order)
        guard order == otherOrder else { return (order < otherOrder) == (sign > 0) ? -1 : 1 }
        // Of one order, their exponents are at most 33 apart.
        let lower = min(left.exponent, right.exponent)
        let (first, second) = (left.significand(at: lower), right.significand(at: lower))
        return first == second ? 0 : first < second ? -1 : 1
    }

    /// The usual case, quickly: of 18 digits at most, and of exponents that are near each other.
    private static func shortDifference(_ left: Decimal128, _ right: Decimal128) -> Int? {
        guard let first = Int64(exactly: left.significand), let second = Int64(exactly: right.significand),
            abs(left.exponent - right.exponent) <= 18
        else { return nil }
        let lower = min(left.exponent, right.exponent)
        let scaled = Int128(first) * Int128(UInt128.powersOfTen[left.exponent - lower])
        let other = Int128(second) * Int128(UInt128.powersOfTen[right.exponent - lower])
        return scaled == other ? 0 : scaled < other ? -1 : 1
    }

    private func significand(at lower: Int) -> Int128 {
        significand * Int128(UInt128.powersOfTen[exponent - lower])
    }
}

extension Decimal128: Hashable {
    public func hash(into hasher: inout Hasher) {
        let shortest = withoutTrailingZeros
        hasher.combine(shortest.significand)
        hasher.combine(shortest.exponent)
    }
}
