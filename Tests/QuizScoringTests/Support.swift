import Decimals
import Testing

@testable import QuizScoring

/// The fraction of the points that a response earns in a quiz of this one question.
func fraction(_ interaction: Interaction, _ response: ResponseValue, seed: Int = 0) throws -> String {
    try explanation(Question(id: "q", interaction: interaction), Response(response), seed: seed).points.description
}

func explanation(
    _ question: Question, _ response: Response?, _ behaviour: Behaviour = .deferred, mark: ManualMark? = nil,
    seed: Int = 0
) throws -> Explanation {
    let rules = Rules(behaviour: behaviour, allowsNegativeTotal: true)
    let quiz = Quiz(id: "quiz", sections: [Section(id: "s", questions: [question])], rules: rules)
    let submission = Submission(
        quiz: "quiz", seed: seed, responses: response.map { ["q": $0] } ?? [:], marks: mark.map { ["q": $0] } ?? [:])
    return try #require(try AnswerKey(quiz).grade(submission).explanations.first)
}

func decimal(_ text: String) throws -> Decimal128 { try Decimal128(text) }
