import FoundationEssentials
import PostgresClient

extension QuizRecord {
    /// - Returns: `nil` when there is no such quiz.
    package func overview(of quiz: String) async throws -> QuizOverview? {
        guard let current = try await self.quiz(quiz, version: nil) else { return nil }
        return try await client.transaction(isolation: .repeatableRead) { transaction in
            let rows = try transaction.query(
                """
                SELECT course, (SELECT count(*) FROM coursework.quiz_final_grades f WHERE f.quiz = q.id AND f.passed) AS passed
                FROM coursework.quizzes q WHERE id = $1
                """, [.text(quiz)])
            guard let row = rows.first else { return nil }
            return QuizOverview(
                course: try row["course"], current: current, versions: try Self.versions(of: quiz, in: transaction),
                states: try Self.states(of: quiz, in: transaction), passed: try row["passed"])
        }
    }

    private static func versions(
        of quiz: String, in transaction: PostgresTransaction
    ) throws -> [QuizOverview.Version] {
        try transaction.query(
            """
            SELECT v.version, extract(epoch FROM v.created_at)::float8 AS created,
                (SELECT count(*) FROM coursework.quiz_questions x WHERE x.quiz = v.quiz AND x.version = v.version) AS questions,
                coalesce(a.number, 0) AS attempts, coalesce(g.number, 0) AS grades
            FROM coursework.quiz_versions v
            LEFT JOIN (
                SELECT version, count(*) AS number FROM coursework.quiz_attempts WHERE quiz = $1 GROUP BY version
            ) a USING (version)
            LEFT JOIN (
                SELECT g.version, count(*) AS number
                FROM coursework.quiz_attempts a JOIN coursework.quiz_grades g ON g.attempt = a.id
                WHERE a.quiz = $1 GROUP BY g.version
            ) g USING (version)
            WHERE v.quiz = $1 ORDER BY v.version DESC
            """, [.text(quiz)]
        ).map { row in
            QuizOverview.Version(
                number: try row["version"], created: Date(timeIntervalSince1970: try row["created"]),
                questions: try row["questions"], attempts: try row["attempts"], grades: try row["grades"])
        }
    }

    private static func states(of quiz: String, in transaction: PostgresTransaction) throws -> [String: Int] {
        var states: [String: Int] = [:]
        let rows = try transaction.query(
            "SELECT state, count(*) AS number FROM coursework.quiz_attempts WHERE quiz = $1 GROUP BY state",
            [.text(quiz)])
        for row in rows { states[try row["state"]] = try row["number"] }
        return states
    }
}
