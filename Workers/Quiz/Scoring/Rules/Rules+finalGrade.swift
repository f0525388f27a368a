import Decimals

extension Rules {
    /// The grade that counts, of several attempts in any order; `nil` while there is none that counts. Attempts that are
    /// overdue, or that a person must still read, do not count.
    package func finalGrade(of attempts: [AttemptScore]) -> FinalGrade? {
        let counted = attempts.filter { $0.status == .graded }.sorted { $0.attempt < $1.attempt }
        guard let first = counted.first, let last = counted.last else { return nil }
        let one: AttemptScore? =
            switch self.attempts {
            case .best: counted.dropFirst().reduce(first) { $1.points > $0.points ? $1 : $0 }
            case .first: first
            case .last: last
            case .average: nil
            }
        let points = one?.points ?? mean(counted.map(\.points))
        let most = one?.maxPoints ?? mean(counted.map(\.maxPoints))
        return FinalGrade(
            points: points, maxPoints: most, fraction: points.divided(by: most, places: 5, rounding.rule) ?? 0,
            passed: passed(points, of: most), letter: letter(for: points, of: most), attempt: one?.attempt,
            attempts: counted.count)
    }

    /// Rounded as a total is. Equal values are their mean, whatever their places.
    private func mean(_ values: [Decimal128]) -> Decimal128 {
        if values.allSatisfy({ $0 == values[0] }) { return values[0] }
        let sum = values.reduce(Decimal128.zero, +)
        return sum.divided(by: Decimal128(values.count), places: rounding.places, rounding.rule) ?? 0
    }
}
