import Decimals

/// The numbers that an answer accepts.
struct AcceptedNumber: Sendable {
    private enum Test {
        case range(ClosedRange<Decimal128>)
        case figures(Decimal128, Int)
        case places(Decimal128, Int)
    }

    private let test: Test
    /// What they earn.
    let score: Score

    init(from lowest: Decimal128, to highest: Decimal128, _ score: Score) {
        test = .range(min(lowest, highest)...max(lowest, highest))
        self.score = score
    }

    init(_ value: Decimal128, _ tolerance: Tolerance?, _ score: Score) {
        test = Self.test(value, tolerance)
        self.score = score
    }

    private static func test(_ value: Decimal128, _ tolerance: Tolerance?) -> Test {
        switch tolerance {
        case nil: return .range(value...value)
        case .absolute(let size): return .range(value - size...value + size)
        case .relative(let size):
            let margin = (value * size).magnitude
            return .range(value - margin...value + margin)
        case .geometric(let size):
            let (near, far) = (value.divided(by: 1 + size) ?? value, value * (1 + size))
            return .range(min(near, far)...max(near, far))
        case .significantFigures(let figures):
            return .figures(value.rounded(significantFigures: figures, .halfUp), figures)
        case .places(let places): return .places(value.rounded(places: places, .halfUp), places)
        }
    }

    func accepts(_ number: Decimal128) -> Bool {
        switch test {
        case .range(let range): range.contains(number)
        case .figures(let wanted, let figures): number.rounded(significantFigures: figures, .halfUp) == wanted
        case .places(let wanted, let places): number.rounded(places: places, .halfUp) == wanted
        }
    }
}
