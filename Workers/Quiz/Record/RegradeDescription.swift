package import FoundationEssentials

/// How far a regrade is.
package struct RegradeDescription: Sendable {
    package let id: Int
    package let job: String
    package let quiz: String
    package let version: Int
    /// Whether it only lists what would change.
    package let isDryRun: Bool
    package let reason: String
    /// running, done or cancelled.
    package var state: String
    /// Attempts with a grade when it began.
    package let attempts: Int
    package let graded: Int
    package let changed: Int
    /// Attempts that the version cannot grade.
    package let refused: Int
    package let started: Date
    package let updated: Date
}
