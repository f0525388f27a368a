import Decimals

extension Tolerance {
    func check(at path: QuizPath) throws(InvalidDocument) {
        switch self {
        case .absolute(let size), .relative(let size), .geometric(let size):
            try path.check(!size.isNegative, "is \(size); write 0 or more")
        case .significantFigures(let figures):
            try path.check((1...30).contains(figures), "has \(figures) significant figures; write 1 to 30")
        case .places(let places): try path.check((0...30).contains(places), "has \(places) places; write 0 to 30")
        }
    }
}
