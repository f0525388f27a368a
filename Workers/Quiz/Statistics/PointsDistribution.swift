import Decimals

/// How many attempts have how many points.
struct PointsDistribution {
    private let counts: [(points: Decimal128, attempts: Int)]
    let attempts: Int

    init(_ counts: [Decimal128: Int]) {
        self.counts = counts.filter { $0.value > 0 }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        attempts = self.counts.reduce(0) { $0 + $1.attempts }
    }

    var moments: Moments {
        var (sum, squares) = (Decimal128.zero, Decimal128.zero)
        for (points, attempts) in counts {
            sum += points * Decimal128(attempts)
            squares += points * points * Decimal128(attempts)
        }
        return Moments(attempts, sum, squares)
    }

    /// The middle one; of an even number the mean of the two in the middle.
    var median: Decimal128? {
        guard attempts > 0 else { return nil }
        let (low, high) = (points(at: (attempts - 1) / 2), points(at: attempts / 2))
        return (low + high) * Decimal128(5, exponent: -1)
    }

    /// Of the attempt at this place, from 0, when they are ordered by their points.
    private func points(at place: Int) -> Decimal128 {
        var seen = 0
        for (points, attempts) in counts {
            seen += attempts
            if place < seen { return points }
        }
        return 0
    }
}
