/// What becomes of a question that turned out to be wrong after learners answered it.
package enum Correction: String, Codable, Sendable, CaseIterable {
    /// It counts neither for nor against anybody: its points leave the total as well.
    case drop
    /// Everybody who was asked gets full points, answered or not.
    case acceptAll
}
