/// An exact decimal number: a whole number of up to 34 digits times a power of ten.
///
/// Its arithmetic is that of IEEE 754's decimal128: a result of more than 34 digits is rounded half to even, every other
/// result is exact. Unlike decimal128 it has no infinity, no NaN and no negative zero, and it forgets how many zeros
/// were written at its end: 1.50 is 1.5.
///
/// What is read is between 10^-100 and 10^100. Results may leave that range; ``isInRange`` tells.
public struct Decimal128: Sendable {
    /// Below 10^34, whatever its sign.
    @usableFromInline let significand: Int128
    @usableFromInline let exponent: Int

    @inlinable init(exactly significand: Int128, exponent: Int) {
        self.significand = significand
        self.exponent = exponent
    }

    @inlinable public init(_ value: Int) { self.init(exactly: Int128(value), exponent: 0) }

    /// - Parameter exponent: the power of ten: `Decimal128(15, exponent: -1)` is 1.5.
    @inlinable public init(_ significand: Int, exponent: Int) {
        self.init(exactly: Int128(significand), exponent: exponent)
    }

    public static var zero: Decimal128 { Decimal128(0) }
    public static var one: Decimal128 { Decimal128(1) }

    /// How many digits a number keeps.
    public static var precision: Int { 34 }

    /// 10^34, as a constant.
    static var significandBound: UInt128 { 10_000_000_000_000_000_000_000_000_000_000_000 }

    @inlinable public var isZero: Bool { significand == 0 }
    @inlinable public var isNegative: Bool { significand < 0 }
    public var magnitude: Decimal128 { isNegative ? -self : self }

    /// The power of ten of the first digit: 2 for 314. 0 for zero.
    public var order: Int { isZero ? 0 : significand.magnitude.decimalDigits - 1 + exponent }

    /// Whether it is zero, or between 10^-100 and 10^100 in size.
    public var isInRange: Bool { isZero || (-100..<100).contains(order) }
}

extension Decimal128: ExpressibleByIntegerLiteral {
    @inlinable public init(integerLiteral value: Int) { self.init(value) }
}
