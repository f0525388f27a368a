/// How an order becomes points; Moodle's grading types.
package enum OrderingScoring: String, Codable, Sendable, CaseIterable {
    case allOrNothing
    /// Items in their place, of all.
    case absolutePosition
    /// Items followed by the one that should follow, of all but the last.
    case relativeToNext
    /// The most items that are in the right order among each other, of all. One alone is no order.
    case longestOrderedSubset
    /// The longest run of neighbours that should be neighbours, of all. One alone is no run.
    case longestContiguousSubset
}
