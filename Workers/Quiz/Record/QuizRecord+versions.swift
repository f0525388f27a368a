import PostgresClient
package import QuizScoring

extension QuizRecord {
    /// What became of a version that was to be stored.
    package enum Stored: Sendable, Equatable {
        case version(Int)
        /// The newest version is the same already.
        case unchanged(Int)
    }

    /// Stores a quiz as its first version, or as the one behind its newest, and makes it the one that new attempts begin
    /// with. Its own number is not looked at.
    /// - Parameter course: `nil` leaves it as it is.
    package func store(_ quiz: Quiz, course: String?) async throws -> Stored {
        try await client.transaction { transaction in
            // Others who store this quiz wait here.
            try transaction.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 5))", [.text(quiz.id)])
            let newest = try Self.newest(quiz.id, in: transaction)
            if var newest, newest.version == newest.current {
                newest.quiz.version = quiz.version
                if newest.quiz == quiz { return .unchanged(newest.version) }
            }
            var quiz = quiz
            quiz.version = (newest?.version ?? 0) + 1
            try Self.insert(quiz, course, in: transaction)
            return .version(quiz.version)
        }
    }

    /// - Returns: the quiz as this version, or as the current one; `nil` when there is none such.
    package func quiz(_ id: String, version: Int?) async throws -> Quiz? {
        let rows = try await client.query(
            """
            SELECT v.document::text FROM coursework.quizzes q JOIN coursework.quiz_versions v ON v.quiz = q.id
            WHERE q.id = $1 AND v.version = coalesce($2, q.version)
            """, [.text(id), version.map { .integer($0) } ?? .null])
        guard let document: String = try rows.first?[0] else { return nil }
        return try Quiz(json: Array(document.utf8))
    }

    private static func newest(
        _ id: String, in transaction: PostgresTransaction
    ) throws -> (quiz: Quiz, version: Int, current: Int)? {
        let rows = try transaction.query(
            """
            SELECT v.document::text AS document, v.version, q.version AS current
            FROM coursework.quizzes q JOIN coursework.quiz_versions v ON v.quiz = q.id
            WHERE q.id = $1 ORDER BY v.version DESC LIMIT 1
            """, [.text(id)])
        guard let row = rows.first else { return nil }
        let document: String = try row["document"]
        return (try Quiz(json: Array(document.utf8)), try row["version"], try row["current"])
    }

    private static func insert(_ quiz: Quiz, _ course: String?, in transaction: PostgresTransaction) throws {
        try transaction.query(
            """
            INSERT INTO coursework.quizzes AS q (id, course, version) VALUES ($1, $2, $3)
            ON CONFLICT (id) DO UPDATE SET version = excluded.version, course = coalesce(excluded.course, q.course)
            """, [.text(quiz.id), .optional(course), .integer(quiz.version)])
        try transaction.query(
            "INSERT INTO coursework.quiz_versions (quiz, version, document) VALUES ($1, $2, $3::json)",
            [.text(quiz.id), .integer(quiz.version), .json(try quiz.json())])
    }
}
