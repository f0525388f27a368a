package import Decimals

/// What is known of one question: sums over the attempts in which it was asked.
///
/// Sums add up in any order, and a former grade is taken out by subtracting it: what was kept step by step is, to the
/// last digit, what is computed anew. They are exact below 10^24: those of 10^12 attempts at 10^6 points each.
package struct ItemSums: Sendable, Equatable {
    package var attempts = 0
    /// Of the points of the question: Σx.
    package var points = Decimal128.zero
    /// Σx².
    package var pointsSquared = Decimal128.zero
    /// Of the points of all other questions of the attempt: Σy.
    package var rest = Decimal128.zero
    /// Σy².
    package var restSquared = Decimal128.zero
    /// Σxy.
    package var product = Decimal128.zero

    package init() {}

    /// One attempt.
    init(points: Decimal128, rest: Decimal128) {
        attempts = 1
        (self.points, self.rest) = (points, rest)
        (pointsSquared, restSquared, product) = (points * points, rest * rest, points * rest)
    }

    static func += (sums: inout ItemSums, other: ItemSums) {
        sums.attempts += other.attempts
        sums.points += other.points
        sums.pointsSquared += other.pointsSquared
        sums.rest += other.rest
        sums.restSquared += other.restSquared
        sums.product += other.product
    }

    static prefix func - (sums: ItemSums) -> ItemSums {
        var negative = ItemSums()
        negative.attempts = -sums.attempts
        negative.points = -sums.points
        negative.pointsSquared = -sums.pointsSquared
        negative.rest = -sums.rest
        negative.restSquared = -sums.restSquared
        negative.product = -sums.product
        return negative
    }
}
