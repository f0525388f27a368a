/// How far the grading of an answer or of a whole attempt is.
package enum GradeStatus: String, Codable, Sendable, CaseIterable {
    case graded
    /// A person has to read something first. The points so far count what is graded.
    case awaitingPerson
    /// Handed in after the time limit and its grace: the attempt does not count.
    case overdue
}
