import FoundationEssentials
import PostgresClient

extension QuizRecord {
    private static let mostHistory = 100

    /// - Returns: `nil` when there is no such attempt.
    package func attempt(_ id: Int) async throws -> AttemptDescription? {
        try await client.transaction(isolation: .repeatableRead) { transaction in
            let rows = try transaction.query(
                """
                SELECT quiz, version, learner, number, state, extract(epoch FROM started_at)::float8 AS started,
                    extract(epoch FROM submitted_at)::float8 AS submitted
                FROM coursework.quiz_attempts WHERE id = $1
                """, [.integer(id)])
            guard let row = rows.first else { return nil }
            let (started, submitted): (Double?, Double?) = (try row["started"], try row["submitted"])
            return AttemptDescription(
                id: id, quiz: try row["quiz"], version: try row["version"], learner: try row["learner"],
                number: try row["number"], state: try row["state"],
                started: started.map { Date(timeIntervalSince1970: $0) },
                submitted: submitted.map { Date(timeIntervalSince1970: $0) },
                grade: try Self.grade(of: id, in: transaction), history: try Self.history(of: id, in: transaction))
        }
    }

    private static func grade(of attempt: Int, in transaction: PostgresTransaction) throws -> GradeDescription? {
        try transaction.query(
            "SELECT \(GradeDescription.columns) FROM coursework.quiz_grades WHERE attempt = $1", [.integer(attempt)]
        ).first.map { try GradeDescription($0, isHistory: false) }
    }

    /// The newest of them, oldest first.
    private static func history(of attempt: Int, in transaction: PostgresTransaction) throws -> [GradeDescription] {
        try transaction.query(
            """
            SELECT \(GradeDescription.columns), reason, replaced_by, extract(epoch FROM replaced_at)::float8 AS replaced
            FROM coursework.quiz_grade_history WHERE attempt = $1 ORDER BY revision DESC LIMIT \(mostHistory)
            """, [.integer(attempt)]
        ).map { try GradeDescription($0, isHistory: true) }.reversed()
    }
}
