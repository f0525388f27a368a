internal import Jobs
internal import PostgresClient

/// Looks at the outbox, by its indexes alone.
struct OutboxEyes: Sendable {
    let database: PostgresClient
    let queues: [QueueName]

    /// What waits of an outage may be millions: nobody needs to know more exactly.
    private static let mostCounted = 100_000

    func look() async -> OutboxSight {
        var sight = OutboxSight()
        do {
            sight.queues = try await waiting()
            sight.refused = try await refused()
            sight.isUp = true
        } catch {
            sight.isUp = (error as? PostgresError)?.state == .undefinedTable
        }
        return sight
    }

    private func waiting() async throws -> [OutboxSight.Queue] {
        try await database.query(
            """
            SELECT wanted.queue, waiting.rows, coalesce(extract(epoch FROM clock_timestamp() - (
                SELECT created_at FROM coursework.outbox AS row
                WHERE row.queue = wanted.queue AND sent_at IS NULL AND ended_at IS NULL ORDER BY sequence LIMIT 1
            )), 0)::float8 AS age
            FROM unnest($1::text[]) AS wanted (queue), LATERAL (
                SELECT count(*) AS rows FROM (
                    SELECT FROM coursework.outbox AS row
                    WHERE row.queue = wanted.queue AND sent_at IS NULL AND ended_at IS NULL LIMIT $2) AS counted
            ) AS waiting
            """, [.texts(queues.map(\.name)), .integer(Self.mostCounted)]
        ).map { row in
            let (name, rows, age): (String, Int, Double) = (try row["queue"], try row["rows"], try row["age"])
            return OutboxSight.Queue(name: name, rows: rows, oldestSeconds: max(0, age))
        }
    }

    private func refused() async throws -> Int? {
        let rows = try await database.query(
            """
            SELECT count(*) AS rows FROM (
                SELECT FROM coursework.outbox WHERE end_state = 'refused' LIMIT $1) AS counted
            """, [.integer(Self.mostCounted)])
        for row in rows { return try row["rows"] }
        return nil
    }
}
