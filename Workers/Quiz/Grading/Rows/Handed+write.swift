import PostgresClient
import QuizScoring

extension [Handed] {
    /// Makes the rows of submissions that came in payloads, where they are not there yet.
    /// - Returns: the ids of their attempts, in their order.
    func write(in transaction: PostgresTransaction) throws -> [Int] {
        guard !isEmpty else { return [] }
        let new = try transaction.query(Self.statement, parameters)
        try transaction.query(
            "UPDATE coursework.quiz_attempts SET state = 'submitted' WHERE id = ANY($1::bigint[])",
            [.integers(try new.map { try $0["id"] as Int })])
        return try transaction.query(
            """
            SELECT a.id FROM unnest($1::text[], $2::text[], $3::int[]) WITH ORDINALITY AS h (quiz, learner, number, place)
            JOIN coursework.quiz_attempts AS a USING (quiz, learner, number) ORDER BY h.place
            """, names
        ).map { try $0["id"] }
    }

    private static let statement = """
        WITH handed AS (
            SELECT * FROM unnest(
                $1::text[], $2::text[], $3::int[], $4::int[], $5::bigint[], $6::bigint[], $7::bigint[], $8::int[], $9::int[],
                $10::text[]
            ) AS h (quiz, learner, number, version, seed, started_at, submitted_at, extra_time, extension_time, responses)
        ), new AS (
            INSERT INTO coursework.quiz_attempts (
                quiz, learner, number, version, seed, started_at, submitted_at, extra_time, extension_time)
            SELECT quiz, learner, number, version, seed, to_timestamp(started_at), to_timestamp(submitted_at), extra_time,
                extension_time
            FROM handed ORDER BY quiz, learner, number
            ON CONFLICT (quiz, learner, number) DO NOTHING RETURNING id, quiz, learner, number
        ), written AS (
            INSERT INTO coursework.quiz_responses (attempt, question, response)
            SELECT DISTINCT ON (new.id, r.key) new.id, r.key, r.value
            FROM new JOIN handed USING (quiz, learner, number), json_each(handed.responses::json) AS r
        )
        SELECT id FROM new
        """

    private var names: [PostgresValue] {
        [.texts(map(\.submission.quiz)), .texts(map(\.learner)), .integers(map(\.submission.attempt))]
    }

    private var parameters: [PostgresValue] {
        names + [
            .integers(map(\.submission.version)), .integers(map(\.submission.seed)),
            .integers(map(\.submission.startedAt)), .integers(map(\.submission.submittedAt)),
            .integers(map(\.submission.extraTime)), .integers(map(\.submission.extensionTime)),
            .texts(map(\.responses)),
        ]
    }
}
