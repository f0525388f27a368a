import Decimals

/// What every interaction asks of its parts.
extension QuizPath {
    func check(_ isRight: Bool, _ problem: @autoclosure () -> String) throws(InvalidDocument) {
        guard isRight else { throw error(problem()) }
    }

    func check(count: Int, in range: ClosedRange<Int>, of things: String) throws(InvalidDocument) {
        try check(
            range.contains(count), "has \(count) \(things); write \(range.lowerBound) to \(range.upperBound) of them")
    }

    func check(fraction: Decimal128, from lowest: Decimal128 = -1) throws(InvalidDocument) {
        try check(fraction >= lowest && fraction <= 1, "is \(fraction); write a fraction from \(lowest) to 1")
    }

    /// - Parameter count: of all areas of a question.
    func check(coordinates count: Int) throws(InvalidDocument) {
        try check(
            count <= Limits.coordinates, "have \(count) coordinates together; write \(Limits.coordinates) at most")
    }
}
