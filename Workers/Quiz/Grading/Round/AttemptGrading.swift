import Jobs
import Platform
import QuizScoring

/// Grades one attempt by the keys that a round has found; pure.
struct AttemptGrading {
    let keys: [QuizVersion: QuizKeys.Found]
    let regrade: Regrade?

    /// The keys it takes.
    static func versions(for row: AttemptRow, _ regrade: Regrade?) -> [QuizVersion] {
        let former = row.grade.map { QuizVersion(quiz: row.quiz, version: $0.version) }
        return [row.gradingVersion(regrade), row.current] + [former].compactMap(\.self)
    }

    func grade(_ row: AttemptRow, for job: JobID) throws(GradingRefusal) -> GradedAttempt {
        guard row.isHandedIn else {
            throw GradingRefusal(
                "Attempt \(row.id) is not handed in yet: set its state to submitted before its job is enqueued.")
        }
        let version = row.gradingVersion(regrade)
        guard let found = keys[version] else { throw GradingRefusal("There is no \(version).") }
        let key = try found.get()
        let submission = try row.submission(for: version.version)
        let grade: Grade
        do { grade = try key.answers.grade(submission) } catch {
            throw GradingRefusal("Attempt \(row.id) cannot be graded: \(error)")
        }
        let former = try former(of: row)
        return GradedAttempt(
            row: row, job: job, submission: submission, key: key, grade: grade, former: former,
            change: change(row, former?.grade, grade))
    }

    private func former(of row: AttemptRow) throws(GradingRefusal) -> (grade: Grade, key: QuizKey?)? {
        guard let stored = row.grade, let explanation = row.explanation else { return nil }
        do {
            let key = keys[QuizVersion(quiz: row.quiz, version: stored.version)]
            return (try Grade(json: Array(explanation.utf8)), try? key?.get())
        } catch {
            throw GradingRefusal("The stored grade of attempt \(row.id) cannot be read: \(error)")
        }
    }

    private func change(_ row: AttemptRow, _ former: Grade?, _ grade: Grade) -> GradeChange {
        guard var former, let stored = row.grade else { return .first }
        guard Protection.ledger.isOn else { return .changed }
        former.version = grade.version
        guard former == grade else { return .changed }
        return stored.version == grade.version && stored.mark == row.lastMark ? .none : .confirmed
    }
}
