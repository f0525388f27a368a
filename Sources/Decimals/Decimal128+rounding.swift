extension Decimal128 {
    /// Rounded at so many places behind the point; as it is when it has no more.
    ///
    /// - Parameter places: negative ones are before the point: -2 rounds to hundreds.
    public func rounded(places: Int, _ rule: RoundingRule) -> Decimal128 {
        let excess = -places - exponent
        guard excess > 0, !isZero else { return self }
        // All its digits are behind the half of the last place.
        guard excess <= 38 else { return .zero }
        let (quotient, remainder) = significand.magnitude.droppingDigits(excess)
        let isUp = rule.roundsUp(quotient, remainder, of: UInt128.powersOfTen[excess], sticky: false)
        return Decimal128(isNegative, quotient + (isUp ? 1 : 0), exponent: -places)
    }

    /// Rounded to so many significant figures, at least one.
    public func rounded(significantFigures figures: Int, _ rule: RoundingRule) -> Decimal128 {
        rounded(places: max(1, figures) - 1 - order, rule)
    }

    /// The quotient rounded once, at so many places.
    /// - Returns: `nil` for a division by zero.
    public func divided(by divisor: Decimal128, places: Int, _ rule: RoundingRule) -> Decimal128? {
        guard let quotient = longQuotient(by: divisor) else { return nil }
        let excess = -places - quotient.exponent
        guard excess > 0 else { return Decimal128(rounding: quotient) }
        guard excess <= 38 else { return .zero }
        let (kept, remainder) = quotient.magnitude.droppingDigits(excess)
        let isUp = rule.roundsUp(kept, remainder, of: UInt128.powersOfTen[excess], sticky: quotient.isInexact)
        return Decimal128(quotient.isNegative, kept + (isUp ? 1 : 0), exponent: -places)
    }

    /// Below 10^34 already.
    init(_ isNegative: Bool, _ magnitude: UInt128, exponent: Int) {
        let significand = Int128(magnitude)
        self.init(exactly: isNegative ? -significand : significand, exponent: exponent)
    }

    /// Keeps 34 digits, rounded half to even.
    init(rounding result: LongResult) {
        let excess = result.magnitude.decimalDigits - Self.precision
        guard excess > 0 else {
            self.init(result.isNegative, result.magnitude, exponent: result.exponent)
            return
        }
        let (quotient, remainder) = result.magnitude.droppingDigits(excess)
        let isUp = RoundingRule.halfEven.roundsUp(
            quotient, remainder, of: UInt128.powersOfTen[excess], sticky: result.isInexact)
        // 999…9 becomes 1000…0, which is a digit longer, and a power of ten.
        let rounded = quotient + (isUp ? 1 : 0)
        let isLonger = rounded == Self.significandBound
        self.init(
            result.isNegative, isLonger ? rounded / 10 : rounded,
            exponent: result.exponent + excess + (isLonger ? 1 : 0))
    }
}
