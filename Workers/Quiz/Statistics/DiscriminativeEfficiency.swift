package import Decimals

/// How well questions discriminate, of the most that the same points could: if the best of a question had been the best of
/// the rest, and so on down.
///
/// That needs the order of all points, which no sum can keep, so it is computed from the attempts when it is asked for.
/// Moodle: the covariance of the points with the rest, divided by that of both when each is sorted by itself
/// (https://docs.moodle.org/dev/Quiz_statistics_calculations#Discriminative_efficiency).
package struct DiscriminativeEfficiency: Sendable {
    private struct Column {
        var points: [Decimal128] = []
        var rests: [Decimal128] = []
    }

    private var columns: [String: Column] = [:]

    package init() {}

    /// - Parameter points: of the questions of one attempt, as ``AttemptCounter`` counts them.
    package mutating func add(_ points: [(question: String, points: Decimal128)]) {
        let total = points.reduce(Decimal128.zero) { $0 + $1.points }
        for (question, points) in points {
            columns[question, default: Column()].points.append(points)
            columns[question, default: Column()].rests.append(total - points)
        }
    }

    /// From -1 to 1; nothing where there is no value.
    func of(_ question: String) -> Decimal128? {
        guard let column = columns[question],
            let covariance = Self.covariance(column.points, column.rests),
            let highest = Self.covariance(column.points.sorted(), column.rests.sorted()), highest > 0
        else { return nil }
        return covariance.divided(by: highest).map(\.shown)
    }

    private static func covariance(_ points: [Decimal128], _ rests: [Decimal128]) -> Decimal128? {
        let sum = points.reduce(Decimal128.zero, +)
        let rest = rests.reduce(Decimal128.zero, +)
        let product = zip(points, rests).reduce(Decimal128.zero) { $0 + $1.0 * $1.1 }
        return Moments.covariance(points.count, sum, rest, product: product)
    }
}
