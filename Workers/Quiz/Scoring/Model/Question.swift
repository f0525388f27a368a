package import Decimals

/// A question: `{"id":"q1","prompt":"2 + 2?","points":2,"interaction":{"type":"numeric",…}}`.
package struct Question: Codable, Sendable, Equatable {
    /// One of its kind in the quiz.
    package var id: String
    package var title: String?
    package var prompt: String
    /// Of all its texts. Else plain.
    package var format: TextFormat
    /// What a right response earns. Else 1.
    package var points: Decimal128
    /// The fraction of the points that each earlier try costs, where the rules allow several. Moodle's default: 1/3.
    package var penalty: Decimal128
    package var feedback: QuestionFeedback
    /// Set when the question turned out to be wrong.
    package var correction: Correction?
    package var interaction: Interaction

    package static let defaultPenalty = Decimal128(3_333_333, exponent: -7)

    package init(
        id: String, title: String? = nil, prompt: String = "", format: TextFormat = .plain, points: Decimal128 = 1,
        penalty: Decimal128 = defaultPenalty, feedback: QuestionFeedback = QuestionFeedback(),
        correction: Correction? = nil, interaction: Interaction
    ) {
        self.id = id
        self.title = title
        self.prompt = prompt
        self.format = format
        self.points = points
        self.penalty = penalty
        self.feedback = feedback
        self.correction = correction
        self.interaction = interaction
    }

    private enum CodingKeys: CodingKey, CaseIterable {
        case id, title, prompt, format, points, penalty, feedback, correction, interaction
    }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        id = try fields.required(.id)
        title = try fields.optional(.title)
        prompt = try fields.optional(.prompt, else: "")
        format = try fields.choice(.format, else: .plain)
        points = try fields.optional(.points, else: 1)
        penalty = try fields.optional(.penalty, else: Self.defaultPenalty)
        feedback = try fields.optional(.feedback, else: QuestionFeedback())
        correction = try fields.choice(.correction)
        interaction = try fields.required(.interaction)
    }
}
