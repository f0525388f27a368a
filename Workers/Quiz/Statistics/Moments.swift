import Decimals

/// Mean and spread of some numbers, from their sums. Variances are those of a sample: divided by one less than there are
/// numbers.
struct Moments {
    let mean: Decimal128?
    let variance: Decimal128?

    init(_ count: Int, _ sum: Decimal128, _ squares: Decimal128) {
        mean = count > 0 ? sum.divided(by: Decimal128(count)) : nil
        variance = Self.covariance(count, sum, sum, product: squares)
    }

    /// Nothing where the numbers do not differ.
    var standardDeviation: Decimal128? { variance.flatMap { $0 > 0 ? $0.squareRoot() : nil } }

    /// - Returns: nothing for less than two.
    static func covariance(
        _ count: Int, _ sum: Decimal128, _ other: Decimal128, product: Decimal128
    ) -> Decimal128? {
        guard count > 1, let both = (sum * other).divided(by: Decimal128(count)) else { return nil }
        return (product - both).divided(by: Decimal128(count - 1))
    }
}
