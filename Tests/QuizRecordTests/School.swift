import Database
import Decimals
import PostgresClient
import QuizRecord
import QuizScoring
import QuizStatistics
import TestSupport

/// A quiz in a database, and what web tier and graders write of it.
struct School {
    let client: PostgresClient
    let record: QuizRecord

    static let quiz: Quiz = {
        let choices = [Choice(id: "x", fraction: 1), Choice(id: "y", fraction: Decimal128(3, exponent: -1))]
        let questions = [
            Question(id: "a", points: 3, interaction: .trueFalse(TrueFalseInteraction(answer: true))),
            Question(id: "b", points: 7, interaction: .choice(ChoiceInteraction(choices: choices))),
            Question(
                id: "c", interaction: .shortText(ShortTextInteraction(answers: [TextAnswer(text: "Graz")]))),
        ]
        return Quiz(id: "q", version: 1, sections: [Section(id: "s", questions: questions)])
    }()

    static func with(_ body: (School) async throws -> Void) async throws {
        try await withPostgres { postgres in
            _ = try await Migrator(postgres.configuration, loop: postgres.loop).migrate()
            try await body(School(client: postgres.client, record: QuizRecord(postgres.client)))
        }
    }

    /// Hands in and grades, in one transaction, as graders do.
    /// - Returns: the id of the attempt.
    func hand(
        in submission: Submission, by learner: String, grade: Grade, _ sums: QuizSums = QuizSums(), shard: Int = 0
    ) async throws -> Int {
        try await client.transaction { transaction in
            let rows = try transaction.query(
                """
                INSERT INTO coursework.quiz_attempts (quiz, version, learner, number, seed, mail)
                VALUES ($1, $2, $3, $4, 0, json_build_object('to', $3::text)) RETURNING id
                """,
                [.text(submission.quiz), .integer(submission.version), .text(learner), .integer(submission.attempt)])
            let id: Int = try rows[0]["id"]
            for (question, response) in submission.responses {
                try transaction.query(
                    "INSERT INTO coursework.quiz_responses (attempt, question, response) VALUES ($1, $2, $3::json)",
                    [.integer(id), .text(question), .text(#"{"value":"\#(text(response))"}"#)])
            }
            try transaction.query("UPDATE coursework.quiz_attempts SET state = 'graded' WHERE id = $1", [.integer(id)])
            try store(grade, of: id, in: transaction)
            try add(sums, version: grade.version, isFirst: submission.attempt == 1, shard: shard, in: transaction)
            return id
        }
    }

    /// Takes the former grade out of the sums of its version, and adds the new one to those of its own.
    func regrade(
        _ attempt: Int, isFirst: Bool, from former: (version: Int, sums: QuizSums), to grade: Grade, _ sums: QuizSums,
        shard: Int
    ) async throws {
        try await client.transaction { transaction in
            try store(grade, of: attempt, in: transaction)
            var negative = QuizSums()
            negative -= former.sums
            try add(negative, version: former.version, isFirst: isFirst, shard: shard, in: transaction)
            try add(sums, version: grade.version, isFirst: isFirst, shard: shard, in: transaction)
        }
    }

    private func text(_ response: Response) -> String {
        if case .text(let text) = response.value { text } else { "" }
    }

    private func store(_ grade: Grade, of attempt: Int, in transaction: PostgresTransaction) throws {
        try transaction.query(
            """
            INSERT INTO coursework.quiz_grades (attempt, version, status, points, max_points, fraction, explanation, job)
            VALUES ($1, $2, 'graded', $3::text::numeric, $4::text::numeric, $5::text::numeric, $6::json, 'default:1')
            ON CONFLICT (attempt) DO UPDATE SET version = excluded.version, points = excluded.points,
                explanation = excluded.explanation
            """,
            [
                .integer(attempt), .integer(grade.version), .text("\(grade.points)"), .text("\(grade.maxPoints)"),
                .text("\(grade.fraction)"), .json(grade.json()),
            ])
    }

    // MARK: Sums

    /// Into a shard of the grader's, and in one order, so that no two graders wait for each other.
    private func add(
        _ sums: QuizSums, version: Int, isFirst: Bool, shard: Int, in transaction: PostgresTransaction
    ) throws {
        let key: [PostgresValue] = ["q", .integer(version), .bool(isFirst), .integer(shard)]
        for (total, attempts) in sums.totals.sorted(by: { $0.key < $1.key }) {
            try transaction.query(
                """
                INSERT INTO coursework.quiz_statistics AS s VALUES ($1, $2, $3, $4, $5::text::numeric, $6)
                ON CONFLICT (quiz, version, is_first, shard, total) DO UPDATE SET attempts = s.attempts + excluded.attempts
                """, key + [.text("\(total)"), .integer(attempts)])
        }
        for (question, item) in sums.items.sorted(by: { $0.key < $1.key }) {
            try transaction.query(
                """
                INSERT INTO coursework.quiz_item_statistics AS s VALUES ($1, $2, $3, $4, $5, $6, $7::text::numeric,
                    $8::text::numeric, $9::text::numeric, $10::text::numeric, $11::text::numeric)
                ON CONFLICT (quiz, version, is_first, shard, question) DO UPDATE SET
                    attempts = s.attempts + excluded.attempts, points = s.points + excluded.points,
                    points_squared = s.points_squared + excluded.points_squared, rest = s.rest + excluded.rest,
                    rest_squared = s.rest_squared + excluded.rest_squared, product = s.product + excluded.product
                """,
                key + [
                    .text(question), .integer(item.attempts), .text("\(item.points)"), .text("\(item.pointsSquared)"),
                    .text("\(item.rest)"), .text("\(item.restSquared)"), .text("\(item.product)"),
                ])
        }
        let responses = sums.responses.sorted {
            ($0.key.question, $0.key.response) < ($1.key.question, $1.key.response)
        }
        for (response, attempts) in responses {
            try transaction.query(
                """
                INSERT INTO coursework.quiz_response_statistics AS s VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                ON CONFLICT (quiz, version, is_first, shard, question, part, response)
                DO UPDATE SET attempts = s.attempts + excluded.attempts
                """,
                key + [
                    .text(response.question), .text(response.part), .text(response.response), .integer(attempts),
                ])
        }
    }
}
