package import Decimals

/// Why a question earned its points.
package struct Explanation: Sendable, Equatable {
    package var question: String
    package var status: GradeStatus
    package var points: Decimal128
    package var maxPoints: Decimal128
    /// The rules that were applied, in their order.
    package var steps: [ExplanationStep]
    package var feedback: [String]

    /// For a learner to read: `2 of 3 points. 2 of 3 pairs are right. …`.
    package var text: String { text(.en) }

    package func text(_ language: Language) -> String {
        let sum = status == .awaitingPerson ? language.notMarkedYet : language.points(points, of: maxPoints)
        return ([sum] + steps.map { $0.text(language) } + feedback).joined(separator: " ")
    }
}

/// `text` is written for those who only show it, and not read back.
extension Explanation: Codable {
    private enum CodingKeys: CodingKey { case question, status, points, maxPoints, steps, feedback, text }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        question = try container.decode(String.self, forKey: .question)
        status = try container.decode(GradeStatus.self, forKey: .status)
        points = try container.decode(Decimal128.self, forKey: .points)
        maxPoints = try container.decode(Decimal128.self, forKey: .maxPoints)
        steps = try container.decode([ExplanationStep].self, forKey: .steps)
        feedback = try container.decode([String].self, forKey: .feedback)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(question, forKey: .question)
        try container.encode(status, forKey: .status)
        try container.encode(points, forKey: .points)
        try container.encode(maxPoints, forKey: .maxPoints)
        try container.encode(steps, forKey: .steps)
        try container.encode(feedback, forKey: .feedback)
        try container.encode(text, forKey: .text)
    }
}
