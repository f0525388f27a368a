import QuizScoring
import QuizStatistics

/// A version of a quiz made ready to grade by.
final class QuizKey: Sendable {
    let quiz: Quiz
    let answers: AnswerKey
    let counter: AttemptCounter

    /// - Throws: what is wrong in the document.
    init(json: [UInt8]) throws(InvalidDocument) {
        quiz = try Quiz(json: json)
        answers = try AnswerKey(quiz)
        counter = AttemptCounter(quiz)
    }
}
