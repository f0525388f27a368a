package import FoundationEssentials

/// An attempt with its grade.
package struct AttemptDescription: Sendable {
    package let id: Int
    package let quiz: String
    /// The version that it began with.
    package let version: Int
    package let learner: String
    package let number: Int
    package let state: String
    package let started: Date?
    package let submitted: Date?
    /// Nothing while it has none.
    package let grade: GradeDescription?
    /// What it had before, oldest first.
    package let history: [GradeDescription]
}
