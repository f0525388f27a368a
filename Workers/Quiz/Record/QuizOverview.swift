package import FoundationEssentials
package import QuizScoring

/// A quiz, its versions and how far its attempts are.
package struct QuizOverview: Sendable {
    package struct Version: Sendable {
        package let number: Int
        package let created: Date
        package let questions: Int
        /// Attempts that began with it.
        package let attempts: Int
        /// Grades that its key made.
        package let grades: Int
    }

    package let course: String?
    /// The one that new attempts begin with.
    package let current: Quiz
    /// Newest first.
    package let versions: [Version]
    /// How many attempts are in each state.
    package let states: [String: Int]
    package let passed: Int
}
