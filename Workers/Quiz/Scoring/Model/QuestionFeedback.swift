/// What a learner reads after a question, beside the feedback of single answers.
package struct QuestionFeedback: Codable, Sendable, Equatable {
    /// Always.
    package var general: String?
    /// After a response worth all points.
    package var correct: String?
    /// After a response worth some.
    package var partial: String?
    /// After one worth none.
    package var incorrect: String?

    package init(
        general: String? = nil, correct: String? = nil, partial: String? = nil, incorrect: String? = nil
    ) {
        self.general = general
        self.correct = correct
        self.partial = partial
        self.incorrect = incorrect
    }

    private enum CodingKeys: CodingKey, CaseIterable { case general, correct, partial, incorrect }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        general = try fields.optional(.general)
        correct = try fields.optional(.correct)
        partial = try fields.optional(.partial)
        incorrect = try fields.optional(.incorrect)
    }
}
