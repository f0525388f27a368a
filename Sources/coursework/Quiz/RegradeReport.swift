import Jobs
import QuizRecord

/// A regrade as `--json` prints it.
struct RegradeReport: Encodable {
    struct Change: Encodable {
        let attempt: Int
        let learner: String
        let fromVersion: Int
        let from: Result
        let to: Result?
        let error: String?

        init(_ change: RegradeChange) {
            (attempt, learner, fromVersion) = (change.attempt, change.learner, change.fromVersion)
            (from, to, error) = (Result(change.from), change.to.map(Result.init), change.error)
        }

        var cells: [String] {
            [
                "\(attempt)", Terminal.line(learner, atMost: 60), "\(fromVersion)", from.text,
                to?.text ?? Terminal.line(error ?? "-", atMost: 100),
            ]
        }
    }

    struct Result: Encodable {
        let points: String
        let maxPoints: String
        let passed: Bool?
        let letter: String?

        init(_ result: RegradeChange.Result) {
            (points, maxPoints) = ("\(result.points)", "\(result.maxPoints)")
            (passed, letter) = (result.passed, result.letter)
        }

        var text: String {
            Terminal.line(GradeText.line(points: points, of: maxPoints, letter: letter, passed: passed))
        }
    }

    let id: Int
    let job: String
    let quiz: String
    let version: Int
    let dryRun: Bool
    let reason: String
    let state: String
    let attempts: Int
    let graded: Int
    let changed: Int
    let refused: Int
    let started: Timestamp
    let updated: Timestamp
    /// Nil in lists.
    let changes: [Change]?

    init(_ regrade: RegradeDescription, changes: [RegradeChange]? = nil) {
        (id, job, quiz, version) = (regrade.id, regrade.job, regrade.quiz, regrade.version)
        (dryRun, reason, state) = (regrade.isDryRun, regrade.reason, regrade.state)
        (attempts, graded) = (regrade.attempts, regrade.graded)
        (changed, refused) = (regrade.changed, regrade.refused)
        (started, updated) = (Timestamp(regrade.started), Timestamp(regrade.updated))
        self.changes = changes?.map(Change.init)
    }

    static func table(_ reports: [RegradeReport]) -> String {
        let titles = ["regrade", "quiz", "state", "begun", "by version", "attempts", "graded", "changed", "refused"]
        let rows = reports.map { report in
            [
                "\(report.id)", Terminal.line(report.quiz, atMost: 40),
                report.state + (report.dryRun ? ", dry run" : ""),
                "\(report.started)", "\(report.version)", "\(report.attempts)", "\(report.graded)", "\(report.changed)",
                "\(report.refused)",
            ]
        }
        return TextTable.layOut([titles] + rows, leftColumns: 4)
    }

    /// With its changes, for a person.
    var text: String {
        let lists = changes ?? []
        let head = Self.table([self]) + "\n" + Terminal.line("reason: \(reason); job \(job)")
        guard !lists.isEmpty else { return head + "\n\nNo grade \(dryRun ? "would change" : "changed")." }
        let titles = ["attempt", "learner", "by version", "was", dryRun ? "would be" : "is"]
        return head + "\n\n" + TextTable.layOut([titles] + lists.map(\.cells), leftColumns: 2, left: [3, 4])
    }
}
