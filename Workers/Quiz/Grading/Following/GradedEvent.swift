import Decimals

/// The payload of `quiz.graded`.
struct GradedEvent: Encodable {
    let attempt: Int
    let quiz: String
    let course: String?
    let learner: String
    let number: Int
    let version: Int
    let revision: Int
    let status: String
    let points: Decimal128
    let maxPoints: Decimal128
    let passed: Bool?
    let letter: String?
    /// The regrade that changed it; none for a submission or a mark.
    let regrade: Int?

    init(_ graded: GradedAttempt, _ regrade: Regrade?) {
        let (row, grade) = (graded.row, graded.stored)
        (attempt, quiz, course, learner, number) = (row.id, row.quiz, row.course, row.learner, row.number)
        (version, revision, status) = (grade.version, grade.revision, grade.status.column)
        (points, maxPoints, passed, letter) = (grade.points, grade.maxPoints, grade.passed, grade.letter)
        self.regrade = regrade?.id
    }
}
