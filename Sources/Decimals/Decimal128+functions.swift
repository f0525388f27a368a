/// Functions that are not exact: right to 30 significant figures or better, and the same on every machine. Their
/// arguments are those ``Decimal128/isInRange`` allows; `nil` is what has no value, or none in that range.
extension Decimal128 {
    public static let pi = constant("3.141592653589793238462643383279503")
    private static let naturalLogarithmOfTen = constant("2.302585092994045684017991454684364")

    private static func constant(_ text: String) -> Decimal128 { (try? Decimal128(text)) ?? 0 }

    /// The figures that are right.
    private var trusted: Decimal128 { rounded(significantFigures: 30, .halfEven).withoutTrailingZeros }

    public func squareRoot() -> Decimal128? {
        guard !isNegative else { return nil }
        guard !isZero else { return 0 }
        // Newton's method doubles the right digits each time; the first guess has the right order.
        var root = Decimal128(exactly: 2, exponent: (order >= 0 ? order : order - 1) / 2)
        for _ in 0..<9 { root = (root + (divided(by: root) ?? 0)) * Decimal128(5, exponent: -1) }
        return root.trusted
    }

    /// e to the power of this number.
    public func exponential() -> Decimal128? {
        guard magnitude < 1000 else { return isNegative && isInRange ? 0 : nil }
        guard let tens = divided(by: Self.naturalLogarithmOfTen)?.rounded(places: 0, .halfEven).wholeNumber else {
            return nil
        }
        // |rest| is at most ln(10) / 2; a 32nd of it needs few terms.
        let rest = (self - Decimal128(tens) * Self.naturalLogarithmOfTen) * Decimal128(3125, exponent: -5)
        var (sum, term) = (Decimal128.one, Decimal128.one)
        for index in 1...20 {
            term = (term * rest).divided(by: Decimal128(index)) ?? 0
            sum += term
        }
        for _ in 0..<5 { sum = sum * sum }
        let value = sum * Decimal128(1, exponent: tens)
        return value.isInRange ? value.trusted : tens < 0 ? 0 : nil
    }

    public func naturalLogarithm() -> Decimal128? {
        guard self > 0 else { return nil }
        // ln(m * 10^k) is k * ln(10) + ln(m), and ln(m) is 8 * ln of the eighth root of m.
        var root = self * Decimal128(1, exponent: -order)
        for _ in 0..<3 { root = root.squareRootInFull }
        guard let base = (root - 1).divided(by: root + 1) else { return nil }
        let logarithm = Self.oddSeries(base, alternating: false) * 16
        return (Decimal128(order) * Self.naturalLogarithmOfTen + logarithm).trusted
    }

    public func commonLogarithm() -> Decimal128? {
        guard self > 0 else { return nil }
        let mantissa = self * Decimal128(1, exponent: -order)
        if mantissa == 1 { return Decimal128(order) }
        return mantissa.naturalLogarithm()?.divided(by: Self.naturalLogarithmOfTen)
            .map { (Decimal128(order) + $0).trusted }
    }

    /// Of an angle in radians of at most 10^9.
    public func sine() -> Decimal128? {
        guard magnitude <= Decimal128(1, exponent: 9),
            let turns = divided(by: 2 * Self.pi)?.rounded(places: 0, .halfEven)
        else { return nil }
        var angle = self - turns * 2 * Self.pi
        // To -pi/2 … pi/2: the sine of pi - x is that of x.
        let half = Self.pi * Decimal128(5, exponent: -1)
        if angle > half { angle = Self.pi - angle }
        if angle < -half { angle = -Self.pi - angle }
        let value = Self.factorialSeries(angle)
        return value.magnitude < Decimal128(1, exponent: -22) && isBeyondDigits ? 0 : value.trusted(after: turns)
    }

    public func cosine() -> Decimal128? { (Self.pi * Decimal128(5, exponent: -1) - magnitude).sine() }

    public func tangent() -> Decimal128? {
        guard let sine = sine(), let cosine = cosine(), !cosine.isZero else { return nil }
        let value = sine.divided(by: cosine)
        return value?.isInRange == true ? value : nil
    }

    public func arcTangent() -> Decimal128 {
        // atan(x) is 2 * atan(x / (1 + sqrt(1 + x²))); after four halvings the series is short.
        var value = self
        for _ in 0..<4 { value = value.divided(by: 1 + (1 + value * value).squareRootInFull) ?? 0 }
        return (Self.oddSeries(value, alternating: true) * 16).trusted
    }

    /// - Returns: `nil` beyond -1 … 1.
    public func arcSine() -> Decimal128? {
        guard magnitude <= 1 else { return nil }
        let half = Self.pi * Decimal128(5, exponent: -1)
        guard magnitude < 1 else { return (isNegative ? -half : half).trusted }
        return divided(by: (1 - self * self).squareRootInFull)?.arcTangent()
    }

    /// - Returns: `nil` beyond -1 … 1.
    public func arcCosine() -> Decimal128? {
        arcSine().map { (Self.pi * Decimal128(5, exponent: -1) - $0).trusted }
    }

    /// This number to the power of another; of a negative one only to a whole power.
    public func power(_ exponent: Decimal128) -> Decimal128? {
        if let whole = exponent.wholeNumber, whole.magnitude <= 1000 { return power(whole) }
        guard !isZero else { return exponent > 0 ? 0 : nil }
        guard let logarithm = naturalLogarithm() else { return nil }
        let product = logarithm * exponent
        return product.isInRange ? product.exponential() : nil
    }

    /// By squaring, which keeps what is exact exact.
    private func power(_ exponent: Int) -> Decimal128? {
        guard exponent >= 0 else {
            return power(-exponent).flatMap { Decimal128.one.divided(by: $0) }.flatMap(\.ifInRange)
        }
        var (result, square, rest) = (Decimal128.one, self, exponent)
        while rest > 0 {
            if rest % 2 == 1 { result = result * square }
            rest /= 2
            guard result.isInRange, rest == 0 || square.isInRange else { return nil }
            if rest > 0 { square = square * square }
        }
        return result
    }

    private var ifInRange: Decimal128? { isInRange ? self : nil }

    // MARK: Series

    private var squareRootInFull: Decimal128 {
        var root = Decimal128(exactly: 2, exponent: (order >= 0 ? order : order - 1) / 2)
        for _ in 0..<9 { root = (root + (divided(by: root) ?? 0)) * Decimal128(5, exponent: -1) }
        return root
    }

    /// x ± x³/3 + x⁵/5 ± …, for x below 1/3 or so.
    private static func oddSeries(_ base: Decimal128, alternating: Bool) -> Decimal128 {
        let square = base * base
        var (sum, power) = (base, base)
        for index in 1...40 {
            power = power * (alternating ? -square : square)
            guard let term = power.divided(by: Decimal128(2 * index + 1)), !term.isZero else { break }
            sum += term
        }
        return sum
    }

    /// x - x³/3! + x⁵/5! - …
    private static func factorialSeries(_ base: Decimal128) -> Decimal128 {
        let square = -(base * base)
        var (sum, term) = (base, base)
        for index in 1...20 {
            guard let next = (term * square).divided(by: Decimal128(2 * index * (2 * index + 1))) else { break }
            term = next
            sum += term
        }
        return sum
    }

    /// Whether it is a multiple of pi only as far as 34 digits can say.
    private var isBeyondDigits: Bool { !isZero && order >= 0 }

    /// Every turn costs the digits that count it.
    private func trusted(after turns: Decimal128) -> Decimal128 {
        rounded(places: 30 - max(0, turns.order), .halfEven).withoutTrailingZeros
    }
}
