package import Decimals

/// What a question tells about itself. Fractions are rounded at five places; nothing stands where there is no value, as
/// where all attempts have the same points.
///
/// The formulas are Moodle's: https://docs.moodle.org/dev/Quiz_statistics_calculations#Position_statistics.
package struct ItemStatistics: Sendable, Equatable {
    package let question: String
    package let attempts: Int
    /// The mean of the points, of the most there are: how easy it is. Moodle's facility index.
    package let facility: Decimal128?
    /// Of the points.
    package let standardDeviation: Decimal128?
    /// The share of the question in the spread of the totals, of all questions' together: Moodle's effective weight.
    package internal(set) var effectiveWeight: Decimal128?
    /// How far those who do well in all else do well here: Pearson's correlation of the points with those of all other
    /// questions, from -1 to 1. Moodle's discrimination index, elsewhere the corrected item-total correlation.
    package let discrimination: Decimal128?
    /// The discrimination, of the most that the same points could reach; see ``DiscriminativeEfficiency``.
    package internal(set) var efficiency: Decimal128?
    /// How many gave each response, most first.
    package let responses: [ResponseCount]

    /// Of the points.
    let variance: Decimal128?
    /// Of the points with the totals.
    let covarianceWithTotal: Decimal128?

    init(_ question: String, maxPoints: Decimal128, _ sums: ItemSums, _ responses: [ResponseCount]) {
        let count = sums.attempts
        let points = Moments(count, sums.points, sums.pointsSquared)
        let rest = Moments(count, sums.rest, sums.restSquared)
        let covariance = Moments.covariance(count, sums.points, sums.rest, product: sums.product)
        self.question = question
        self.responses = responses
        attempts = count
        facility = points.mean?.divided(by: maxPoints).map(\.shown)
        variance = points.variance
        standardDeviation = points.standardDeviation.map(\.shown)
        // The covariance with the total is that with the rest and with itself.
        covarianceWithTotal = if let covariance, let variance { covariance + variance } else { nil }
        discrimination =
            if let covariance, let one = points.standardDeviation, let other = rest.standardDeviation {
                covariance.divided(by: one * other).map(\.shown)
            } else {
                nil
            }
    }
}

extension Decimal128 {
    /// As statistics are given.
    var shown: Decimal128 { rounded(places: 5, .halfEven) }
}
