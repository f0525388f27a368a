import FoundationEssentials
import Jobs
import PostgresClient

/// A job's regrades: of one quiz, or of each quiz of a course.
struct RegradeRun: Sendable {
    private static let portion = 100

    let ids: [Int]
    private let job: JobID
    private let tellsLearners: Bool
    private let grader: Grader

    /// Makes the rows of the regrades, unless an earlier run of the job did, and has new grades made by their versions.
    /// - Throws: ``GradingRefusal`` for what cannot be regraded.
    static func begin(_ job: RegradeQuiz, id: JobID, _ grader: Grader) async throws -> RegradeRun {
        let ids = try await grader.persistence.run {
            try await grader.client.transaction { transaction in
                let versions = try job.versions(in: transaction)
                for (_, found) in try grader.keys.find(Set(versions), in: transaction) { _ = try found.get() }
                if job.dryRun != true { try versions.takeEffect(in: transaction) }
                return try versions.enter(job, id: id, in: transaction)
            }
        }
        return RegradeRun(ids: ids, job: id, tellsLearners: job.mail == true, grader: grader)
    }

    /// - Returns: whether there is more to do.
    func regradePortion(of id: Int) async throws -> Bool {
        try await grader.persistence.run {
            try await grader.client.transaction { transaction in
                guard let (regrade, place) = try open(id, in: transaction) else { return false }
                let attempts = try transaction.query(
                    """
                    SELECT a.id FROM coursework.quiz_attempts AS a JOIN coursework.quiz_grades AS g ON g.attempt = a.id
                    WHERE a.quiz = $1 AND a.id > $2 AND a.version <= $3 ORDER BY a.id LIMIT $4
                    """,
                    [.text(place.quiz), .integer(place.after), .integer(regrade.version), .integer(Self.portion)]
                ).map { try $0["id"] as Int }
                guard let last = attempts.last else {
                    try end(id, in: transaction)
                    return false
                }
                let round = GradingRound(transaction, grader.keys, grader.follows, regrade: regrade)
                let outcomes = try round.grade(Dictionary(uniqueKeysWithValues: attempts.map { ($0, job) }))
                try RegradeChange.all(of: outcomes).write(regrade, upTo: last, outcomes.count, in: transaction)
                return true
            }
        }
    }

    /// The regrade, and where it goes on; nil when it has ended. Another delivery of the job waits for the portion under
    /// way.
    private func open(
        _ id: Int, in transaction: PostgresTransaction
    ) throws -> (Regrade, place: (quiz: String, after: Int))? {
        let rows = try transaction.query(
            """
            SELECT quiz, version, dry_run, reason, after_attempt FROM coursework.quiz_regrades
            WHERE id = $1 AND state = 'running' FOR UPDATE
            """, [.integer(id)])
        guard let row = rows.first else { return nil }
        let regrade = Regrade(
            id: id, version: try row["version"], isDryRun: try row["dry_run"], reason: try row["reason"],
            tellsLearners: tellsLearners)
        return (regrade, (try row["quiz"], try row["after_attempt"]))
    }

    private func end(_ id: Int, in transaction: PostgresTransaction) throws {
        try transaction.query(
            """
            UPDATE coursework.quiz_regrades SET state = 'done', updated_at = now(), ended_at = now() WHERE id = $1
            """, [.integer(id)])
    }

    /// Says of the job's regrades that nobody goes on with them.
    static func cancel(_ context: JobContext, _ grader: Grader) async {
        let job = "\(context.id)"
        // A task of its own: the job's is cancelled, and would send nothing.
        let result = await Task {
            try await grader.client.query(
                """
                UPDATE coursework.quiz_regrades SET state = 'cancelled', updated_at = now(), ended_at = now()
                WHERE job = $1 AND state = 'running'
                """, [.text(job)])
        }.result
        guard case .failure(let error) = result else { return }
        context.logger.warning("That the regrade is cancelled cannot be written: \(error)")
    }

    // MARK: What came of it

    func progress() async throws -> (done: Int, all: Int) {
        let rows = try await grader.client.query(
            """
            SELECT coalesce(sum(graded), 0)::bigint AS done, coalesce(sum(attempts), 0)::bigint AS all
            FROM coursework.quiz_regrades WHERE job = $1
            """, [.text("\(job)")])
        return try rows.first.map { (try $0["done"], try $0["all"]) } ?? (0, 0)
    }

    func results() async throws -> [RegradeResult] {
        try await grader.client.query(
            """
            SELECT id, quiz, version, state, graded, changed, refused FROM coursework.quiz_regrades
            WHERE job = $1 ORDER BY id
            """, [.text("\(job)")]
        ).map {
            RegradeResult(
                regrade: try $0["id"], quiz: try $0["quiz"], version: try $0["version"], state: try $0["state"],
                attempts: try $0["graded"], changed: try $0["changed"], refused: try $0["refused"])
        }
    }
}
