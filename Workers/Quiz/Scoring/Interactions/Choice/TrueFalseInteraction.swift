/// True or false. The response is `true` or `false`.
package struct TrueFalseInteraction: Codable, Sendable, Equatable {
    /// What is right.
    package var answer: Bool
    /// For those who said true.
    package var feedbackTrue: String?
    /// For those who said false.
    package var feedbackFalse: String?

    package init(answer: Bool, feedbackTrue: String? = nil, feedbackFalse: String? = nil) {
        self.answer = answer
        self.feedbackTrue = feedbackTrue
        self.feedbackFalse = feedbackFalse
    }

    private enum CodingKeys: CodingKey, CaseIterable { case answer, feedbackTrue, feedbackFalse }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder, others: Interaction.keys)
        answer = try fields.required(.answer)
        feedbackTrue = try fields.optional(.feedbackTrue)
        feedbackFalse = try fields.optional(.feedbackFalse)
    }
}
