import Decimals
import PostgresClient
import QuizRecord
import QuizScoring

/// A row of `coursework.quiz_grades`.
struct StoredGrade: Sendable {
    var version: Int
    /// The last mark of a person that it counts; 0 for none.
    var mark: Int
    var status: GradeStatus
    var points: Decimal128
    var maxPoints: Decimal128
    var passed: Bool?
    var letter: String?
    /// Counts the changes, from 1.
    var revision: Int

    init(_ grade: Grade, mark: Int, revision: Int) {
        version = grade.version
        self.mark = mark
        status = grade.status
        points = grade.points
        maxPoints = grade.maxPoints
        passed = grade.passed
        letter = grade.letter
        self.revision = revision
    }

    /// Nil when the attempt has none.
    init?(_ row: PostgresRow) throws {
        guard let version: Int = try row["grade_version"] else { return nil }
        self.version = version
        mark = try row["mark"]
        // The table allows no other.
        status = GradeStatus(column: try row["status"]) ?? .awaitingPerson
        points = try row["points"]
        maxPoints = try row["max_points"]
        passed = try row["passed"]
        letter = try row["letter"]
        revision = try row["revision"]
    }

    /// Whether a learner would see another result.
    func hasSameResult(as other: StoredGrade) -> Bool {
        status == other.status && points == other.points && maxPoints == other.maxPoints && passed == other.passed
            && letter == other.letter
    }
}
