package import FoundationEssentials

/// An attempt that was handed in and that nobody grades.
package struct UngradedAttempt: Sendable {
    package let id: Int
    package let quiz: String
    package let learner: String
    package let submitted: Date
}
