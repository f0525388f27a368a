import Decimals
import FoundationEssentials
import PostgresClient

extension QuizRecord {
    private static let regradeColumns = """
        id, job, quiz, version, dry_run, reason, state, attempts, graded, changed, refused,
        extract(epoch FROM started_at)::float8 AS started, extract(epoch FROM updated_at)::float8 AS updated
        """

    /// The newest, at most so many.
    /// - Parameter quiz: only its own.
    package func regrades(of quiz: String?, limit: Int) async throws -> [RegradeDescription] {
        try await client.query(
            """
            SELECT \(Self.regradeColumns) FROM coursework.quiz_regrades
            WHERE $1::text IS NULL OR quiz = $1 ORDER BY id DESC LIMIT $2
            """, [.optional(quiz), .integer(limit)]
        ).map(Self.regrade)
    }

    /// - Returns: `nil` when there is no such regrade.
    package func regrade(_ id: Int) async throws -> RegradeDescription? {
        try await client.query(
            "SELECT \(Self.regradeColumns) FROM coursework.quiz_regrades WHERE id = $1", [.integer(id)]
        ).first.map(Self.regrade)
    }

    /// What it changed, or would, in the order of the attempts; at most so many.
    package func changes(of regrade: Int, limit: Int) async throws -> [RegradeChange] {
        try await client.query(
            """
            SELECT c.attempt, a.learner, c.from_version, c.from_points::text AS from_points,
                c.from_max_points::text AS from_max_points, c.from_passed, c.from_letter, c.to_points::text AS to_points,
                c.to_max_points::text AS to_max_points, c.to_passed, c.to_letter, c.error
            FROM coursework.quiz_regrade_changes c JOIN coursework.quiz_attempts a ON a.id = c.attempt
            WHERE c.regrade = $1 ORDER BY c.attempt LIMIT $2
            """, [.integer(regrade), .integer(limit)]
        ).map { row in
            let hasResult = (try row["to_points"] as Decimal128?) != nil
            return RegradeChange(
                attempt: try row["attempt"], learner: try row["learner"], fromVersion: try row["from_version"],
                from: try Self.result("from", row), to: hasResult ? try Self.result("to", row) : nil,
                error: try row["error"])
        }
    }

    private static func result(_ side: String, _ row: PostgresRow) throws -> RegradeChange.Result {
        RegradeChange.Result(
            points: try row["\(side)_points"], maxPoints: try row["\(side)_max_points"],
            passed: try row["\(side)_passed"], letter: try row["\(side)_letter"])
    }

    private static func regrade(_ row: PostgresRow) throws -> RegradeDescription {
        RegradeDescription(
            id: try row["id"], job: try row["job"], quiz: try row["quiz"], version: try row["version"],
            isDryRun: try row["dry_run"], reason: try row["reason"], state: try row["state"],
            attempts: try row["attempts"], graded: try row["graded"], changed: try row["changed"],
            refused: try row["refused"], started: Date(timeIntervalSince1970: try row["started"]),
            updated: Date(timeIntervalSince1970: try row["updated"]))
    }
}
