package import FoundationEssentials
import PostgresClient

/// Attempts that were handed in a while ago, have no grade, and have no row in the outbox that would bring one. Their jobs were
/// never enqueued, or wait in Redis, or are dead.
extension QuizRecord {
    private static let ungraded = """
        coursework.quiz_attempts AS a
        WHERE state = 'submitted' AND coalesce(submitted_at, created_at) < now() - make_interval(secs => $1)
            AND NOT EXISTS (
                SELECT FROM coursework.outbox AS o
                WHERE o.type = 'quiz.grade' AND o.ended_at IS NULL AND o.args ->> 'attempt' = a.id::text)
        """

    /// - Returns: how many, and since when the first of them waits.
    package func countUngraded(olderThan age: Duration) async throws -> (count: Int, oldest: Date?) {
        let rows = try await client.query(
            """
            SELECT count(*) AS number, extract(epoch FROM min(coalesce(submitted_at, created_at)))::float8 AS oldest
            FROM \(Self.ungraded)
            """, [.double(age / .seconds(1))])
        guard let row = rows.first else { return (0, nil) }
        let oldest: Double? = try row["oldest"]
        return (try row["number"], oldest.map { Date(timeIntervalSince1970: $0) })
    }

    /// Those that wait longest first, at most so many.
    package func ungraded(olderThan age: Duration, limit: Int) async throws -> [UngradedAttempt] {
        try await client.query(
            """
            SELECT id, quiz, learner, extract(epoch FROM coalesce(submitted_at, created_at))::float8 AS submitted
            FROM \(Self.ungraded) ORDER BY submitted, id LIMIT $2
            """, [.double(age / .seconds(1)), .integer(limit)]
        ).map {
            UngradedAttempt(
                id: try $0["id"], quiz: try $0["quiz"], learner: try $0["learner"],
                submitted: Date(timeIntervalSince1970: try $0["submitted"]))
        }
    }

    /// Writes a job for each of them into the outbox. One that has a job in Redis too is graded once all the same.
    /// - Returns: how many.
    package func enqueueUngraded(olderThan age: Duration, queue: String) async throws -> Int {
        try await client.query(
            """
            INSERT INTO coursework.outbox (queue, type, args)
            SELECT $2, 'quiz.grade', json_build_object('attempt', id) FROM \(Self.ungraded) ORDER BY id
            """, [.double(age / .seconds(1)), .text(queue)]
        ).affected
    }
}
