import Jobs

/// The section `quiz` of the configuration. Every key may be left out.
package struct QuizSettings: DomainSettings {
    package static let keys = ["follows"]

    /// What a grade is followed by, where the quiz does not say otherwise.
    package var follows: FollowUps?

    package init() {}
}
