import Jobs
import QuizScoring

/// An attempt with its grade, before that is written.
struct GradedAttempt: Sendable {
    let row: AttemptRow
    let job: JobID
    let submission: Submission
    let key: QuizKey
    let grade: Grade
    /// The grade that is stored, and the key that made it.
    let former: (grade: Grade, key: QuizKey?)?
    let change: GradeChange

    /// As the table is to have it.
    var stored: StoredGrade {
        if change == .none, let grade = row.grade { return grade }
        let revision = (row.grade?.revision ?? 0) + (change == .confirmed ? 0 : 1)
        return StoredGrade(grade, mark: row.lastMark, revision: revision)
    }

    /// Whether a learner sees another result than before.
    var hasNewResult: Bool { row.grade.map { !$0.hasSameResult(as: stored) } ?? true }

    /// What must not happen twice: that it is graded by this version with these marks; a regrade may come back to them.
    func effect(_ regrade: Regrade?) -> String {
        let effect = "quiz:attempt:\(row.id):v\(grade.version):m\(row.lastMark)"
        return regrade.map { "\(effect):r\($0.id)" } ?? effect
    }
}
