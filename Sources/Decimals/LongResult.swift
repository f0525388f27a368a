/// A result before it is rounded to 34 digits.
struct LongResult {
    var isNegative: Bool
    /// 35 digits or more where `isInexact`.
    var magnitude: UInt128
    var exponent: Int
    /// Whether something below the last digit was cut off.
    var isInexact = false
}
