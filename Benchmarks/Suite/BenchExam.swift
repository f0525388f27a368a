internal import FoundationEssentials
internal import PostgresClient
internal import QuizScoring

/// A quiz in the database, with attempts that are handed in.
struct BenchExam {
    let client: PostgresClient

    /// Makes attempts with the ids from 1.
    /// - Parameter answered: how many of them have responses.
    func fill(attempts: Int, answered: Int) async throws {
        let night = ExamNight(learners: 1000)
        let responses = try JSONEncoder().encode(night.submissions.map(\.responses))
        try await client.transaction { transaction in
            try transaction.query("INSERT INTO coursework.quizzes (id, version) VALUES ('exam', 1)")
            try transaction.query(
                "INSERT INTO coursework.quiz_versions (quiz, version, document) VALUES ('exam', 1, $1::json)",
                [.json(try night.quiz.json())])
            try transaction.query(
                """
                INSERT INTO coursework.quiz_attempts (id, quiz, version, learner, seed)
                SELECT n, 'exam', 1, 'learner ' || n, (n - 1) % 1000 FROM generate_series(1, $1::int) AS n
                """, [.integer(attempts)])
            try transaction.query(
                """
                INSERT INTO coursework.quiz_responses (attempt, question, response)
                SELECT n, r.key, r.value FROM json_array_elements($1::json) WITH ORDINALITY AS s (responses, place)
                JOIN generate_series(1, $2::int) AS n ON (n - 1) % 1000 = place - 1, json_each(s.responses) AS r
                """, [.json(Array(responses)), .integer(answered)])
            try transaction.query("UPDATE coursework.quiz_attempts SET state = 'submitted', submitted_at = now()")
        }
        try await client.query("VACUUM ANALYZE")
    }

    /// Keeps the rows of a submission that was graded, so that pgbench writes the same for the attempts after this one.
    func prepareForPgbench(after attempt: Int) async throws {
        try await client.transaction {
            try $0.script(
                """
                CREATE SEQUENCE bench_attempt START \(attempt + 1);
                CREATE TABLE bench_grade AS SELECT * FROM coursework.quiz_grades WHERE attempt = 1;
                CREATE TABLE bench_final AS SELECT * FROM coursework.quiz_final_grades WHERE attempt = 1;
                CREATE TABLE bench_event AS SELECT args FROM coursework.outbox LIMIT 1;
                CREATE TABLE bench_items AS SELECT DISTINCT ON (question) * FROM coursework.quiz_item_statistics;
                CREATE TABLE bench_responses AS
                    SELECT DISTINCT ON (question, part) * FROM coursework.quiz_response_statistics;
                """)
        }
        try await client.query("VACUUM ANALYZE")
    }

    static let allRows = script(
        """
        INSERT INTO coursework.quiz_statistics AS s SELECT 'exam', 1, true, :shard::smallint, :total::numeric, 1
            ON CONFLICT (quiz, version, is_first, shard, total) DO UPDATE SET attempts = s.attempts + 1;
        INSERT INTO coursework.quiz_item_statistics AS s
            SELECT quiz, version, is_first, :shard::smallint, question, 1, 1, 1, 40, 1600, 40 FROM bench_items
            ON CONFLICT (quiz, version, is_first, shard, question) DO UPDATE SET
                attempts = s.attempts + excluded.attempts, points = s.points + excluded.points,
                points_squared = s.points_squared + excluded.points_squared, rest = s.rest + excluded.rest,
                rest_squared = s.rest_squared + excluded.rest_squared, product = s.product + excluded.product;
        INSERT INTO coursework.quiz_response_statistics AS s
            SELECT quiz, version, is_first, :shard::smallint, question, part, response, 1 FROM bench_responses
            ON CONFLICT (quiz, version, is_first, shard, question, part, response)
                DO UPDATE SET attempts = s.attempts + excluded.attempts;
        """)

    static let withoutStatistics = script("")

    /// A colon in a text would be a variable of pgbench's.
    private static func script(_ statistics: String) -> String {
        """
        \\set shard random(0, 15)
        \\set total random(0, 60)
        BEGIN;
        SELECT nextval('bench_attempt') AS id \\gset
        INSERT INTO coursework.effects (key, state, job) VALUES ('quiz attempt ' || :id::bigint || ' v1 m0', 'done', 'bench 1-0')
            ON CONFLICT (key) DO NOTHING;
        INSERT INTO coursework.quiz_grades (
            attempt, version, status, points, max_points, fraction, passed, letter, explanation, job)
            SELECT :id::bigint, version, status, points, max_points, fraction, passed, letter, explanation, job FROM bench_grade;
        UPDATE coursework.quiz_attempts SET state = 'graded' WHERE id = :id::bigint;
        INSERT INTO coursework.quiz_final_grades (
            quiz, learner, attempt, attempts, points, max_points, fraction, passed, letter, passed_at)
            SELECT quiz, 'learner ' || :id::bigint, :id::bigint, attempts, points, max_points, fraction, passed, letter, passed_at
            FROM bench_final;
        \(statistics)
        INSERT INTO coursework.outbox (queue, type, args) SELECT 'default', 'quiz.graded', args FROM bench_event;
        COMMIT;
        """
    }
}
