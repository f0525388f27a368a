import Decimals
import Testing

@testable import QuizScoring

@Suite("Ordering") struct OrderingTests {
    private func order(_ letters: String, _ scoring: OrderingScoring, of items: String = "ABCDEF") throws -> String {
        let interaction = OrderingInteraction(
            items: items.map { LabelledItem(id: String($0)) }, scoring: scoring)
        return try fraction(.ordering(interaction), .list(letters.map(String.init)))
    }

    /// Moodle 4.4, grading types of the ordering question (gradingtype_help): six letters.
    @Test(arguments: [
        (OrderingScoring.allOrNothing, "ABCDEF", "1"), (.allOrNothing, "ABCDFE", "0"),
        (.absolutePosition, "ABFDEC", "0.66667"), (.absolutePosition, "BCDEFA", "0"),
        (.relativeToNext, "BCDEFA", "0.8"), (.relativeToNext, "ABCDEF", "1"), (.relativeToNext, "FEDCBA", "0"),
        (.longestOrderedSubset, "BCDEFA", "0.83333"), (.longestOrderedSubset, "ACBDFE", "0.66667"),
        (.longestOrderedSubset, "FEDCBA", "0"),
        (.longestContiguousSubset, "ABDEFC", "0.5"), (.longestContiguousSubset, "FEDCBA", "0"),
        (.longestContiguousSubset, "CDEFAB", "0.66667"),
    ])
    func `orders are scored by Moodle's grading types`(scoring: OrderingScoring, letters: String, points: String) throws
    {
        #expect(try order(letters, scoring) == points)
    }

    @Test func `items that were left out are not in order`() throws {
        #expect(try order("AB", .absolutePosition) == "0.33333")
        #expect(try order("AB", .allOrNothing) == "0")
        #expect(try order("BD", .longestOrderedSubset) == "0.33333")
    }

    @Test(arguments: ["AAB", "X", "ABCDEFA"])
    func `what is no order is worth nothing`(letters: String) throws {
        #expect(try order(letters, .longestOrderedSubset) == "0")
    }
}
