import Decimals
import PostgresClient
import QuizStatistics

/// The rows of a version in the tables of statistics.
struct SumTables {
    private static let names = ["quiz_statistics", "quiz_item_statistics", "quiz_response_statistics"]

    let quiz: String
    let version: Int

    /// Nobody else writes until the transaction ends. What graders have added by then is seen, and none of what they add
    /// behind it.
    func lock(in transaction: PostgresTransaction) throws {
        let tables = Self.names.map { "coursework.\($0)" }.joined(separator: ", ")
        try transaction.query("LOCK TABLE \(tables) IN SHARE ROW EXCLUSIVE MODE")
    }

    // MARK: Reading

    func read(_ counted: QuizRecord.Counted, in transaction: PostgresTransaction) throws -> QuizSums {
        var sums = try read(isFirst: true, in: transaction)
        if counted == .allAttempts { sums += try read(isFirst: false, in: transaction) }
        return sums
    }

    /// All shards together.
    func read(isFirst: Bool, in transaction: PostgresTransaction) throws -> QuizSums {
        var sums = QuizSums()
        try readTotals(&sums, isFirst, transaction)
        try readItems(&sums, isFirst, transaction)
        try readResponses(&sums, isFirst, transaction)
        return sums
    }

    private func readTotals(_ sums: inout QuizSums, _ isFirst: Bool, _ transaction: PostgresTransaction) throws {
        for row in try rows("quiz_statistics", "total", "total::text", isFirst, transaction) {
            sums.totals[try row["total"]] = try row["attempts"]
        }
    }

    private func readItems(_ sums: inout QuizSums, _ isFirst: Bool, _ transaction: PostgresTransaction) throws {
        let columns = ["points", "points_squared", "rest", "rest_squared", "product"]
        let selected = "question, " + columns.map { "sum(\($0))::text AS \($0)" }.joined(separator: ", ")
        for row in try rows("quiz_item_statistics", "question", selected, isFirst, transaction) {
            var item = ItemSums()
            item.attempts = try row["attempts"]
            item.points = try row["points"]
            item.pointsSquared = try row["points_squared"]
            item.rest = try row["rest"]
            item.restSquared = try row["rest_squared"]
            item.product = try row["product"]
            sums.items[try row["question"]] = item
        }
    }

    private func readResponses(_ sums: inout QuizSums, _ isFirst: Bool, _ transaction: PostgresTransaction) throws {
        let key = "question, part, response"
        for row in try rows("quiz_response_statistics", key, key, isFirst, transaction) {
            let key = ResponseKey(question: try row["question"], part: try row["part"], response: try row["response"])
            sums.responses[key] = try row["attempts"]
        }
    }

    /// Without those that came to nothing.
    private func rows(
        _ table: String, _ key: String, _ selected: String, _ isFirst: Bool, _ transaction: PostgresTransaction
    ) throws -> PostgresRows {
        try transaction.query(
            """
            SELECT \(selected), sum(attempts)::bigint AS attempts FROM coursework.\(table)
            WHERE quiz = $1 AND version = $2 AND is_first = $3 GROUP BY \(key) HAVING sum(attempts) <> 0
            """, [.text(quiz), .integer(version), .bool(isFirst)])
    }

    // MARK: Writing

    /// All of it in shard 0.
    func replace(first: QuizSums, later: QuizSums, in transaction: PostgresTransaction) throws {
        for table in Self.names {
            try transaction.query(
                "DELETE FROM coursework.\(table) WHERE quiz = $1 AND version = $2", [.text(quiz), .integer(version)])
        }
        for (sums, isFirst) in [(first, true), (later, false)] { try insert(sums, isFirst, transaction) }
    }

    private func insert(_ sums: QuizSums, _ isFirst: Bool, _ transaction: PostgresTransaction) throws {
        let (totals, items, responses) = (Array(sums.totals), Array(sums.items), Array(sums.responses))
        try insert(
            "quiz_statistics", ["total", "attempts"],
            [totals.map { "\($0.key)" }, totals.map { "\($0.value)" }], isFirst, transaction)
        let numbers: [(ItemSums) -> Decimal128] = [\.points, \.pointsSquared, \.rest, \.restSquared, \.product]
        try insert(
            "quiz_item_statistics",
            ["question", "attempts", "points", "points_squared", "rest", "rest_squared", "product"],
            [items.map(\.key), items.map { "\($0.value.attempts)" }]
                + numbers.map { number in items.map { "\(number($0.value))" } }, isFirst, transaction)
        try insert(
            "quiz_response_statistics", ["question", "part", "response", "attempts"],
            [
                responses.map(\.key.question), responses.map(\.key.part), responses.map(\.key.response),
                responses.map { "\($0.value)" },
            ], isFirst, transaction)
    }

    private func insert(
        _ table: String, _ columns: [String], _ values: [[String]], _ isFirst: Bool, _ transaction: PostgresTransaction
    ) throws {
        let types = ["attempts": "bigint", "question": "text", "part": "text", "response": "text"]
        let selected = columns.map { "\($0)::\(types[$0] ?? "numeric")" }.joined(separator: ", ")
        let arrays = columns.indices.map { "$\($0 + 4)::text[]" }.joined(separator: ", ")
        let names = columns.joined(separator: ", ")
        try transaction.query(
            """
            INSERT INTO coursework.\(table) (quiz, version, is_first, shard, \(names))
            SELECT $1, $2, $3, 0, \(selected) FROM unnest(\(arrays)) AS rows (\(names))
            """, [.text(quiz), .integer(version), .bool(isFirst)] + values.map { .texts($0) })
    }
}
