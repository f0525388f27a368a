import Decimals
import Mustache

/// What the template `quiz-result` shows of a grade.
struct ResultMail {
    let data: [String: MustacheValue]

    init(_ attempt: GradedAttempt) {
        let (grade, quiz) = (attempt.grade, attempt.key.quiz)
        var data: [String: MustacheValue] = [
            "quiz": .string(quiz.title ?? quiz.id), "score": .number(grade.points.description),
            "max": .number(grade.maxPoints.description),
            "percent": .number((grade.fraction * 100).rounded(places: 1, .halfUp).description),
            "hasPassMark": .bool(grade.passed != nil), "passed": .bool(grade.passed == true),
        ]
        if let letter = grade.letter { data["letter"] = .string(letter) }
        if !grade.feedback.isEmpty { data["feedback"] = .string(grade.feedback.joined(separator: "\n")) }
        self.data = data
    }
}
