import Database
import JobTesting
import Jobs
import PostgresClient
import QuizScoring
import TestSupport
import Testing

@testable import QuizWorker

/// A migrated database with a quiz in it, to which the web tier writes.
struct QuizSite {
    static let quiz = "physics"

    let client: PostgresClient
    let grader: Grader

    /// Two questions of 2 points and 1, half of which pass; version 2 takes another answer to the first.
    static func document(version: Int = 1, answer: Int = 10, rules: String = "", more: String = "") -> String {
        """
        {"id": "\(quiz)", "version": \(version), "title": "Speed", "rules": {"passMark": "0.5"\(rules)}, "sections": [
          {"id": "all", "questions": [
            {"id": "speed", "points": 2, "interaction": {"type": "numeric", "answers": [{"value": \(answer)}]}},
            {"id": "unit", "interaction": {"type": "shortText", "answers": [{"text": "m/s"}]}}\(more)]}]}
        """
    }

    static let essay = #", {"id": "why", "points": 3, "interaction": {"type": "essay"}}"#

    init(_ client: PostgresClient, follows: FollowUps = FollowUps(certificate: true, progress: true, event: true)) {
        self.client = client
        grader = Grader(client, follows: follows)
    }

    // MARK: What the web tier writes

    func add(quiz: String = quiz, version: Int = 1, _ document: String) async throws {
        try await client.transaction { transaction in
            try transaction.query(
                "INSERT INTO coursework.quizzes (id, course, version) VALUES ($1, 'c', $2) ON CONFLICT DO NOTHING",
                [.text(quiz), .integer(version)])
            try transaction.query(
                "INSERT INTO coursework.quiz_versions (quiz, version, document) VALUES ($1, $2, $3::json)",
                [.text(quiz), .integer(version), .text(document)])
        }
    }

    /// Hands an attempt in.
    /// - Parameter answers: the response to each question as JSON.
    func submit(
        _ learner: String, number: Int = 1, version: Int = 1, _ answers: [String: String]
    ) async throws -> Int {
        try await client.transaction { transaction in
            let rows = try transaction.query(
                """
                INSERT INTO coursework.quiz_attempts (quiz, version, learner, number, mail)
                VALUES ($1, $2, $3, $4, '{"to":"ada@school.example","data":{"name":"Ada"}}') RETURNING id
                """, [.text(Self.quiz), .integer(version), .text(learner), .integer(number)])
            let id: Int = try rows[0]["id"]
            for (question, response) in answers {
                try transaction.query(
                    "INSERT INTO coursework.quiz_responses (attempt, question, response) VALUES ($1, $2, $3::json)",
                    [.integer(id), .text(question), .text(response)])
            }
            try transaction.query(
                "UPDATE coursework.quiz_attempts SET state = 'submitted', submitted_at = now() WHERE id = $1",
                [.integer(id)])
            return id
        }
    }

    func mark(_ attempt: Int, _ question: String, _ mark: String) async throws {
        try await client.query(
            "INSERT INTO coursework.quiz_marks (attempt, question, mark, marked_by) VALUES ($1, $2, $3::json, 'tutor')",
            [.integer(attempt), .text(question), .text(mark)])
    }

    // MARK: Jobs

    @discardableResult
    func grade(_ attempt: Int, as job: String = "1-0") async throws -> GradeSummary {
        try await grader.grade(GradingRequest(target: .attempt(attempt), job: JobID("default:\(job)")!))
    }

    func regrade(_ payload: RegradeQuiz, as job: String = "9-0") async -> TestRun {
        await TestJob(id: JobID("default:\(job)")!).run(RegradeQuizHandler(grader: grader), payload)
    }

    // MARK: What came of it

    /// The lines of a query with one column.
    func lines(_ sql: String) async throws -> [String] {
        try await client.query(sql).map { try $0[0] as String? ?? "null" }
    }

    /// Points, status and revision of each attempt.
    func grades() async throws -> [String] {
        try await lines(
            """
            SELECT concat_ws(' ', learner, number, g.status, g.points, 'v' || g.version, 'r' || revision)
            FROM coursework.quiz_grades g JOIN coursework.quiz_attempts a ON a.id = attempt ORDER BY learner, number
            """)
    }

    func finals() async throws -> [String] {
        try await lines(
            """
            SELECT concat_ws(' ', learner, points, max_points, passed, passed_at IS NOT NULL, attempts)
            FROM coursework.quiz_final_grades ORDER BY learner
            """)
    }

    func history() async throws -> [String] {
        try await lines(
            """
            SELECT concat_ws(' ', attempt, points, status, 'v' || version, 'r' || revision, reason)
            FROM coursework.quiz_grade_history ORDER BY attempt, revision
            """)
    }

    /// How many jobs of each type follow.
    func followUps() async throws -> [String: Int] {
        let rows = try await client.query("SELECT type, count(*) AS n FROM coursework.outbox GROUP BY type")
        return Dictionary(uniqueKeysWithValues: try rows.map { (try $0["type"], try $0["n"]) })
    }

    /// The sums of all shards; what has come to nothing is not told.
    func statistics() async throws -> [String] {
        try await lines(
            """
            SELECT concat_ws(' ', 'total', version, is_first, trim_scale(total), sum(attempts))
            FROM coursework.quiz_statistics GROUP BY version, is_first, total HAVING sum(attempts) <> 0
            UNION ALL
            SELECT concat_ws(' ', 'item', version, is_first, question, sum(attempts), trim_scale(sum(points)),
                trim_scale(sum(points_squared)), trim_scale(sum(rest)), trim_scale(sum(rest_squared)), trim_scale(sum(product)))
            FROM coursework.quiz_item_statistics GROUP BY version, is_first, question HAVING sum(attempts) <> 0
            UNION ALL
            SELECT concat_ws(' ', 'response', version, is_first, question, part, response, sum(attempts))
            FROM coursework.quiz_response_statistics GROUP BY version, is_first, question, part, response
            HAVING sum(attempts) <> 0
            ORDER BY 1
            """)
    }
}

func withQuiz(
    _ document: String = QuizSite.document(), follows: FollowUps? = nil,
    _ body: (QuizSite, TestPostgres) async throws -> Void
) async throws {
    try await withPostgres { postgres in
        _ = try await Migrator(postgres.configuration, loop: postgres.loop).migrate()
        let site = follows.map { QuizSite(postgres.client, follows: $0) } ?? QuizSite(postgres.client)
        try await site.add(document)
        try await body(site, postgres)
    }
}
