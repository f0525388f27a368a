import Decimals
import Mustache

/// What the template `quiz-result` shows of a grade.
struct ResultMail {
    let data: [String: MustacheValue]

    init(_ attempt: GradedAttempt) {
        let (grade, quiz) = (attempt.grade, attempt.key.quiz)
        let percent = (grade.fraction * 100).rounded(places: 1, .halfUp)
        var data: [String: MustacheValue] = [
            "quiz": .string(quiz.title ?? quiz.id), "score": .number(grade.points.description),
            "max": .number(grade.maxPoints.description),
            // A bar shows it.
            "percent": .number(min(100, max(0, percent)).description), "passed": .bool(grade.passed == true),
            "noPassMark": .bool(grade.passed == nil),
        ]
        if let letter = grade.letter { data["letter"] = .string(letter) }
        if !grade.feedback.isEmpty { data["feedback"] = .string(grade.feedback.joined(separator: "\n")) }
        self.data = data
    }
}
