import Decimals

/// What a tracked job leaves behind: `{"attempt":4711,"maxPoints":"3","passed":true,"points":"2.5","revision":1,…}`.
struct GradeSummary: Encodable, Sendable, Equatable {
    let attempt: Int
    let version: Int
    let status: String
    let points: Decimal128
    let maxPoints: Decimal128
    let passed: Bool?
    let letter: String?
    let revision: Int
    /// Where the whole of it lies.
    let place: String

    init(_ attempt: Int, _ grade: StoredGrade) {
        self.attempt = attempt
        version = grade.version
        status = grade.status.column
        points = grade.points
        maxPoints = grade.maxPoints
        passed = grade.passed
        letter = grade.letter
        revision = grade.revision
        place = "coursework.quiz_grades, attempt \(attempt)"
    }
}
