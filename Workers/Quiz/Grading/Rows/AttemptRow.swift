import PostgresClient
import QuizScoring

/// A row of `coursework.quiz_attempts` with what belongs to it.
struct AttemptRow: Sendable {
    let id: Int
    let quiz: String
    let learner: String
    let number: Int
    /// The one it began with.
    let version: Int
    let seed: Int
    let startedAt: Int?
    let submittedAt: Int?
    let extraTime: Int
    let extensionTime: Int
    let isHandedIn: Bool
    /// How the learner hears of the result, as JSON.
    let mail: String?
    /// The last mark that a person gave; 0 for none.
    let lastMark: Int
    /// Responses and marks as JSON, and the whole grade as it is: only of attempts that are to be graded.
    let answers: String?
    let explanation: String?

    let grade: StoredGrade?
    let course: String?
    /// Of the quiz: the one whose rules combine attempts, and the one set by a regrade.
    let currentVersion: Int
    let gradedBy: Int
    /// What the quiz says of what follows, as JSON.
    let follows: String
    /// Whether the learner has ever passed the quiz.
    let hasPassed: Bool

    init(_ row: PostgresRow) throws {
        id = try row["id"]
        quiz = try row["quiz"]
        learner = try row["learner"]
        number = try row["number"]
        version = try row["version"]
        seed = try row["seed"]
        startedAt = try row["started_at"]
        submittedAt = try row["submitted_at"]
        extraTime = try row["extra_time"]
        extensionTime = try row["extension_time"]
        isHandedIn = try row["is_handed_in"]
        mail = try row["mail"]
        lastMark = try row["last_mark"]
        answers = try row["answers"]
        explanation = try row["explanation"]
        grade = try StoredGrade(row)
        course = try row["course"]
        currentVersion = try row["current_version"]
        gradedBy = try row["graded_by"]
        follows = try row["follows"]
        hasPassed = try row["has_passed"]
    }
}

extension AttemptRow {
    /// The key to grade it by. A regrade that comes late does not undo a newer one.
    /// - Parameter regrade: nil for a submission or a mark.
    func gradingVersion(_ regrade: Regrade?) -> QuizVersion {
        if let regrade, regrade.isDryRun { return QuizVersion(quiz: quiz, version: regrade.version) }
        return QuizVersion(quiz: quiz, version: max(version, gradedBy, grade?.version ?? 0))
    }

    /// The one whose rules combine the attempts of the learner.
    var current: QuizVersion { QuizVersion(quiz: quiz, version: currentVersion) }

    /// - Throws: for responses and marks that the web tier wrote in another shape.
    func submission(for version: Int) throws(GradingRefusal) -> Submission {
        do throws(InvalidDocument) {
            let answers = try Answers(json: Array((answers ?? "{}").utf8))
            return Submission(
                quiz: quiz, version: version, attempt: number, seed: seed, startedAt: startedAt,
                submittedAt: submittedAt, extraTime: extraTime, extensionTime: extensionTime,
                responses: answers.responses ?? [:], marks: answers.marks ?? [:])
        } catch {
            throw GradingRefusal("Attempt \(id) cannot be graded: \(error)")
        }
    }
}

/// What a learner answered, and persons gave for it.
private struct Answers: JSONDocument {
    let responses: [String: Response]?
    let marks: [String: ManualMark]?
}
