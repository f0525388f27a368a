package import Decimals

/// How far from the answer a number may be: `{"absolute":0.5}`, `{"relative":0.01}`, `{"geometric":1}`,
/// `{"significantFigures":3}` or `{"places":2}`. The ends belong to it.
package enum Tolerance: Sendable, Equatable {
    /// Answer - t to answer + t: Moodle's nominal tolerance.
    case absolute(Decimal128)
    /// Answer * (1 - t) to answer * (1 + t).
    case relative(Decimal128)
    /// Answer / (1 + t) to answer * (1 + t), as in Moodle.
    case geometric(Decimal128)
    /// Both are equal when rounded half up to so many significant figures: QTI's equalRounded.
    case significantFigures(Int)
    /// Both are equal when rounded half up at so many places.
    case places(Int)
}
