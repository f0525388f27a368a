import QuizScoring

/// Moodle's names of the grading types of ordering questions.
enum MoodleOrdering {
    private static let names: KeyValuePairs<String, OrderingScoring> = [
        "ALL_OR_NOTHING": .allOrNothing, "ABSOLUTE_POSITION": .absolutePosition,
        "RELATIVE_NEXT_EXCLUDE_LAST": .relativeToNext, "LONGEST_ORDERED_SUBSET": .longestOrderedSubset,
        "LONGEST_CONTIGUOUS_SUBSET": .longestContiguousSubset,
    ]

    static func scoring(_ name: String) -> OrderingScoring? { names.first { $0.key == name }?.value }
    static func name(_ scoring: OrderingScoring) -> String { names.first { $0.value == scoring }?.key ?? "" }
}
