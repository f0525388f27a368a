import FoundationEssentials
import Jobs
import QuizRecord
import QuizScoring

/// An attempt as `--json` prints it.
struct AttemptReport: Encodable {
    struct Graded: Encodable {
        let revision: Int
        let version: Int
        let status: String
        let points: String
        let maxPoints: String
        let passed: Bool?
        let letter: String?
        let graded: Timestamp
        let job: String
        let explanation: String
        let reason: String?
        let replacedBy: String?
        let replaced: Timestamp?

        init(_ description: GradeDescription, _ language: Language) {
            let grade = description.grade
            (revision, version, job) = (description.revision, description.version, description.job)
            (points, maxPoints) = ("\(grade.points)", "\(grade.maxPoints)")
            (status, passed, letter) = (grade.status.rawValue, grade.passed, grade.letter)
            graded = Timestamp(description.graded)
            explanation = GradeText.of(grade, language)
            (reason, replacedBy) = (description.reason, description.replacedBy)
            replaced = description.replaced.map { Timestamp($0) }
        }

        var text: String {
            let line = GradeText.line(points: points, of: maxPoints, letter: letter, passed: passed)
            let end = replaced.map { "; replaced \($0) by \(replacedBy ?? "-"): \(reason ?? "")" } ?? ""
            return "\(graded)  \(line), by version \(version)\(end)"
        }
    }

    let id: Int
    let quiz: String
    let version: Int
    let learner: String
    let number: Int
    let state: String
    let started: Timestamp?
    let submitted: Timestamp?
    let grade: Graded?
    let history: [Graded]

    init(_ attempt: AttemptDescription, _ language: Language) {
        (id, quiz, version) = (attempt.id, attempt.quiz, attempt.version)
        (learner, number, state) = (attempt.learner, attempt.number, attempt.state)
        started = attempt.started.map { Timestamp($0) }
        submitted = attempt.submitted.map { Timestamp($0) }
        grade = attempt.grade.map { Graded($0, language) }
        history = attempt.history.map { Graded($0, language) }
    }

    /// For a person.
    var text: String {
        let head = [
            "attempt    \(id), number \(number) of \(learner)", "quiz       \(quiz), begun with version \(version)",
            "state      \(state)", started.map { "started    \($0)" }, submitted.map { "submitted  \($0)" },
            grade.map { "graded     \($0.graded) by \($0.job), by version \($0.version)" },
        ]
        var text = head.compactMap(\.self).map { Terminal.line($0) }.joined(separator: "\n")
        if let grade { text += "\n\n" + Terminal.printable(grade.explanation) }
        guard !history.isEmpty else { return text }
        return text + "\n\nbefore:\n" + history.map { Terminal.line("  \($0.text)") }.joined(separator: "\n")
    }
}
