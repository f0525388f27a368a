/// What a text must be.
public struct TextRules: Sendable, Equatable {
    public static let anyCount = 0...Int.max

    /// Of characters, as Unicode counts them (scalars).
    public let count: ClosedRange<Int>
    public let format: TextFormat?

    init(count: ClosedRange<Int>, format: TextFormat?) {
        precondition(count.lowerBound >= 0, "a text of fewer characters than none")
        (self.count, self.format) = (count, format)
    }
}
