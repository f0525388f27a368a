package import Decimals

/// What an attempt is worth, and why. The same submission and version always give the same grade, byte for byte.
package struct Grade: JSONDocument, Sendable, Equatable {
    package var quiz: String
    package var version: Int
    package var attempt: Int
    package var status: GradeStatus
    /// Rounded as the rules say.
    package var points: Decimal128
    package var maxPoints: Decimal128
    /// Points of the most there are, rounded at five places.
    package var fraction: Decimal128
    package var letter: String?
    /// Nothing where there is no pass mark, or where the grade is not final.
    package var passed: Bool?
    /// Of the questions asked, in the order of the quiz.
    package var explanations: [Explanation]
    /// What was done to the sum of the points.
    package var steps: [ExplanationStep]
    package var feedback: [String]
}

extension Grade {
    /// The whole explanation, a line for each question.
    package var text: String { text(.en) }

    package func text(_ language: Language) -> String {
        let total = language.total(points, of: maxPoints)
        let questions = explanations.map { "\($0.question): \($0.text(language))" }
        return (questions + [total] + steps.map { $0.text(language) } + feedback).joined(separator: "\n")
    }
}
