import Decimals
import QuizScoring
import TestSupport

@testable import QuizStatistics

/// A quiz of three questions, and attempts at it.
struct Sample {
    let quiz: Quiz
    let key: AnswerKey
    let counter: AttemptCounter

    init(rules: Rules = Rules(), select: Int? = nil, correction: Correction? = nil) throws {
        let choices = [Choice(id: "x", fraction: 1), Choice(id: "y", fraction: Decimal128(3, exponent: -1))]
        let gap = ShortTextInteraction(answers: [TextAnswer(text: "Graz")])
        let questions = [
            Question(
                id: "a", points: 3, correction: correction, interaction: .trueFalse(TrueFalseInteraction(answer: true))),
            Question(id: "b", points: 7, interaction: .choice(ChoiceInteraction(choices: choices))),
            Question(
                id: "c", points: 1,
                interaction: .cloze(
                    ClozeInteraction(gaps: [
                        ClozeGap(id: "1", interaction: .shortText(gap)),
                        ClozeGap(id: "2", interaction: .shortText(gap)),
                        ClozeGap(id: "3", interaction: .shortText(gap)),
                    ]))),
        ]
        quiz = Quiz(
            id: "sample", sections: [Section(id: "s", select: select, questions: questions)], rules: rules)
        key = try AnswerKey(quiz)
        counter = AttemptCounter(quiz)
    }

    func submission(_ responses: [String: ResponseValue], seed: Int = 0) -> Submission {
        Submission(quiz: "sample", seed: seed, responses: responses.mapValues { Response($0, certainty: 3) })
    }

    func grade(_ responses: [String: ResponseValue], seed: Int = 0) throws -> Grade {
        try key.grade(submission(responses, seed: seed))
    }

    func attempts(_ count: Int, _ random: inout SeededGenerator) -> [QuizSums] {
        (0..<count).compactMap { _ in
            let seed = Int.random(in: 0...1_000_000, using: &random)
            let responses: [String: ResponseValue] = [
                "a": .text(["true", "false", ""].randomElement(using: &random) ?? ""),
                "b": .text(["x", "y", "z"].randomElement(using: &random) ?? ""),
                "c": .record([
                    "1": .text(Bool.random(using: &random) ? "Graz" : "Wien"),
                    "2": .text(Bool.random(using: &random) ? "Graz" : "Linz"),
                ]),
            ]
            return (try? grade(responses, seed: seed)).map { counter.sums(of: $0, submission(responses, seed: seed)) }
        }
    }
}
