package import Decimals

extension AttemptsPolicy {
    /// The points that count, of several attempts in any order; `nil` while there is none that counts. Attempts that are
    /// overdue, or that a person must still read, do not count.
    /// - Parameter rounding: of the mean.
    package func points(of grades: [Grade], _ rounding: Rounding) -> Decimal128? {
        let counted = grades.filter { $0.status == .graded }.sorted { $0.attempt < $1.attempt }
        guard let first = counted.first, let last = counted.last else { return nil }
        switch self {
        case .best: return counted.map(\.points).max()
        case .first: return first.points
        case .last: return last.points
        case .average:
            let sum = counted.reduce(Decimal128.zero) { $0 + $1.points }
            return sum.divided(by: Decimal128(counted.count), places: rounding.places, rounding.rule)
        }
    }
}
