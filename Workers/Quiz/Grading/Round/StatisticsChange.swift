import Decimals
import PostgresClient
import QuizStatistics

/// What a round adds to the statistics of a version, and takes out of them.
struct StatisticsChange: Sendable {
    /// Which rows: those of first attempts, or of the others.
    struct Name: Hashable, Comparable {
        let version: QuizVersion
        let isFirst: Bool

        static func < (one: Name, other: Name) -> Bool {
            one.version == other.version ? !one.isFirst && other.isFirst : one.version < other.version
        }
    }

    let name: Name
    let sums: QuizSums

    static func all(of graded: [GradedAttempt]) -> [StatisticsChange] {
        var sums: [Name: QuizSums] = [:]
        for attempt in graded {
            let (quiz, isFirst) = (attempt.row.quiz, attempt.row.number == 1)
            let new = Name(version: QuizVersion(quiz: quiz, version: attempt.grade.version), isFirst: isFirst)
            sums[new, default: QuizSums()] += attempt.key.counter.sums(of: attempt.grade, attempt.submission)
            guard let former = attempt.former, let key = former.key else { continue }
            let old = Name(version: QuizVersion(quiz: quiz, version: former.grade.version), isFirst: isFirst)
            sums[old, default: QuizSums()] -= key.counter.sums(of: former.grade, attempt.submission)
        }
        return sums.sorted { $0.key < $1.key }.map { StatisticsChange(name: $0.key, sums: $0.value) }
    }
}

extension [StatisticsChange] {
    private static var shards: Range<Int> { 0..<16 }

    /// In the order of the keys, as everybody does.
    func write(in transaction: PostgresTransaction) throws {
        let shard = Int.random(in: Self.shards)
        for change in self {
            let name: [PostgresValue] = [
                .text(change.name.version.quiz), .integer(change.name.version.version), .bool(change.name.isFirst),
                .integer(shard),
            ]
            try change.sums.writeTotals(name, in: transaction)
            try change.sums.writeItems(name, in: transaction)
            try change.sums.writeResponses(name, in: transaction)
        }
    }
}

extension QuizSums {
    fileprivate func writeTotals(_ name: [PostgresValue], in transaction: PostgresTransaction) throws {
        guard !totals.isEmpty else { return }
        let totals = totals.sorted { $0.key < $1.key }
        try transaction.query(
            """
            INSERT INTO coursework.quiz_statistics AS s (quiz, version, is_first, shard, total, attempts)
            SELECT $1, $2, $3, $4, * FROM unnest($5::numeric[], $6::bigint[])
            ON CONFLICT (quiz, version, is_first, shard, total) DO UPDATE SET attempts = s.attempts + excluded.attempts
            """, name + [.texts(totals.map(\.key.description)), .integers(totals.map(\.value))])
    }

    fileprivate func writeItems(_ name: [PostgresValue], in transaction: PostgresTransaction) throws {
        guard !items.isEmpty else { return }
        let items = items.sorted { $0.key < $1.key }
        func column(_ value: (ItemSums) -> Decimal128) -> PostgresValue {
            .texts(items.map { value($0.value).description })
        }
        try transaction.query(
            """
            INSERT INTO coursework.quiz_item_statistics AS s (
                quiz, version, is_first, shard, question, attempts, points, points_squared, rest, rest_squared, product)
            SELECT $1, $2, $3, $4, * FROM unnest(
                $5::text[], $6::bigint[], $7::numeric[], $8::numeric[], $9::numeric[], $10::numeric[], $11::numeric[])
            ON CONFLICT (quiz, version, is_first, shard, question) DO UPDATE SET
                attempts = s.attempts + excluded.attempts, points = s.points + excluded.points,
                points_squared = s.points_squared + excluded.points_squared, rest = s.rest + excluded.rest,
                rest_squared = s.rest_squared + excluded.rest_squared, product = s.product + excluded.product
            """,
            name + [
                .texts(items.map(\.key)), .integers(items.map(\.value.attempts)), column(\.points),
                column(\.pointsSquared), column(\.rest), column(\.restSquared), column(\.product),
            ])
    }

    fileprivate func writeResponses(_ name: [PostgresValue], in transaction: PostgresTransaction) throws {
        guard !responses.isEmpty else { return }
        let responses = responses.sorted {
            ($0.key.question, $0.key.part, $0.key.response) < ($1.key.question, $1.key.part, $1.key.response)
        }
        try transaction.query(
            """
            INSERT INTO coursework.quiz_response_statistics AS s (
                quiz, version, is_first, shard, question, part, response, attempts)
            SELECT $1, $2, $3, $4, * FROM unnest($5::text[], $6::text[], $7::text[], $8::bigint[])
            ON CONFLICT (quiz, version, is_first, shard, question, part, response)
                DO UPDATE SET attempts = s.attempts + excluded.attempts
            """,
            name + [
                .texts(responses.map(\.key.question)), .texts(responses.map(\.key.part)),
                .texts(responses.map(\.key.response)), .integers(responses.map(\.value)),
            ])
    }
}
