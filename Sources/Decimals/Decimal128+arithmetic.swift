extension Decimal128 {
    @inlinable public static prefix func - (value: Decimal128) -> Decimal128 {
        Decimal128(exactly: -value.significand, exponent: value.exponent)
    }

    public static func + (left: Decimal128, right: Decimal128) -> Decimal128 {
        if left.exponent == right.exponent {
            return Decimal128(summing: left.significand + right.significand, exponent: left.exponent)
        }
        if left.isZero { return right }
        if right.isZero { return left }
        return left.exponent > right.exponent ? left.adding(lower: right) : right.adding(lower: left)
    }

    public static func - (left: Decimal128, right: Decimal128) -> Decimal128 { left + -right }
    public static func += (left: inout Decimal128, right: Decimal128) { left = left + right }
    public static func -= (left: inout Decimal128, right: Decimal128) { left = left + -right }

    public static func * (left: Decimal128, right: Decimal128) -> Decimal128 {
        let exponent = left.exponent + right.exponent
        if let first = Int64(exactly: left.significand), let second = Int64(exactly: right.significand) {
            return Decimal128(summing: Int128(first) * Int128(second), exponent: exponent)
        }
        return Decimal128(rounding: left.longProduct(with: right, exponent: exponent))
    }

    /// The quotient; `nil` for a division by zero.
    public func divided(by divisor: Decimal128) -> Decimal128? {
        shortQuotient(by: divisor) ?? longQuotient(by: divisor).map { Decimal128(rounding: $0).withoutTrailingZeros }
    }

    /// The remainder of the division that cuts off, with the sign of this number; `nil` for a divisor of zero, and where
    /// the quotient has more than 34 digits.
    public func remainder(dividingBy divisor: Decimal128) -> Decimal128? {
        guard let quotient = divided(by: divisor), quotient.order < Self.precision else { return nil }
        var whole = quotient.truncated
        // The quotient may have been rounded up to the next whole number.
        if (whole * divisor).magnitude > magnitude { whole -= whole.isNegative ? -1 : 1 }
        return self - whole * divisor
    }

    /// Without what is behind the point.
    public var truncated: Decimal128 {
        guard exponent < 0, !isZero else { return self }
        guard -exponent <= 38 else { return .zero }
        return Decimal128(isNegative, significand.magnitude.droppingDigits(-exponent).quotient, exponent: 0)
    }

    /// As an integer, when it is one.
    public var wholeNumber: Int? {
        let value = withoutTrailingZeros
        guard value.exponent >= 0, value.order < 19 else { return nil }
        return Int(exactly: value.significand * Int128(UInt128.powersOfTen[value.exponent]))
    }

    /// The same number with the shortest significand.
    var withoutTrailingZeros: Decimal128 {
        guard !isZero else { return .zero }
        var (digits, power) = (significand.magnitude, exponent)
        for step in [16, 8, 4, 2, 1] {
            let (quotient, remainder) = digits.droppingDigits(step)
            if remainder == 0 { (digits, power) = (quotient, power + step) }
        }
        // At most 33 zeros; the steps take off up to 31.
        while digits % 10 == 0 { (digits, power) = (digits / 10, power + 1) }
        return Decimal128(isNegative, digits, exponent: power)
    }

    /// A sum or a product that fits in 38 digits.
    private init(summing significand: Int128, exponent: Int) {
        if significand.magnitude < Self.significandBound {
            self.init(exactly: significand, exponent: exponent)
        } else {
            self.init(
                rounding: LongResult(
                    isNegative: significand < 0, magnitude: significand.magnitude, exponent: exponent))
        }
    }

    /// Brings both to one exponent, as far down as 36 digits allow; what lies deeper only decides the rounding.
    private func adding(lower: Decimal128) -> Decimal128 {
        let shift = exponent - lower.exponent
        let room = min(shift, 36 - significand.magnitude.decimalDigits)
        let high = significand * Int128(UInt128.powersOfTen[room])
        guard room < shift else { return Decimal128(summing: high + lower.significand, exponent: lower.exponent) }
        let (low, rest) =
            shift - room > 38 ? (0, 1) : lower.significand.magnitude.droppingDigits(shift - room)
        let sign: Int128 = lower.isNegative ? -1 : 1
        // One more digit says on which side of the sum the rest lies.
        let sum = (high + sign * Int128(low)) * 10 + (rest == 0 ? 0 : sign)
        return Decimal128(summing: sum, exponent: exponent - room - 1)
    }

    private func longProduct(with other: Decimal128, exponent: Int) -> LongResult {
        let (first, second) = (significand.magnitude, other.significand.magnitude)
        let product = first.multipliedFullWidth(by: second)
        let isNegative = isNegative != other.isNegative
        guard product.high > 0 else {
            return LongResult(isNegative: isNegative, magnitude: product.low, exponent: exponent)
        }
        // Leaves 36 or 37 digits.
        let excess = first.decimalDigits + second.decimalDigits - 37
        let (quotient, remainder) = UInt128.powersOfTen[excess].dividingFullWidth(product)
        return LongResult(
            isNegative: isNegative, magnitude: quotient, exponent: exponent + excess, isInexact: remainder != 0)
    }

    /// The quotient where 64 bits hold it and it has few places, as those of points mostly do.
    private func shortQuotient(by divisor: Decimal128) -> Decimal128? {
        guard let first = Int64(exactly: significand), let second = Int64(exactly: divisor.significand), second != 0,
            first.magnitude < 1_000_000_000_000
        else { return nil }
        let (quotient, remainder) = (first * 1_000_000).quotientAndRemainder(dividingBy: second)
        return remainder == 0
            ? Decimal128(exactly: Int128(quotient), exponent: exponent - divisor.exponent - 6) : nil
    }

    /// At least 35 digits of the quotient, or all of it.
    func longQuotient(by divisor: Decimal128) -> LongResult? {
        guard !divisor.isZero else { return nil }
        guard !isZero else { return LongResult(isNegative: false, magnitude: 0, exponent: 0) }
        let (first, second) = (significand.magnitude, divisor.significand.magnitude)
        let lengthening = Self.precision - first.decimalDigits
        let scaling = second.decimalDigits + 1
        let product = (first * UInt128.powersOfTen[lengthening])
            .multipliedFullWidth(by: UInt128.powersOfTen[scaling])
        let (quotient, remainder) = second.dividingFullWidth(product)
        return LongResult(
            isNegative: isNegative != divisor.isNegative, magnitude: quotient,
            exponent: exponent - divisor.exponent - lengthening - scaling, isInexact: remainder != 0)
    }
}
