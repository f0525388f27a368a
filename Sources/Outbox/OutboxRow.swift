internal import JobQueue
internal import PostgresClient

/// An unsent row that this transaction has claimed.
struct OutboxRow {
    /// The largest share of `args` in one transaction; a batch ends with the row that reaches it.
    static let bytesABatch = 4 << 20

    let id: String
    let sequence: Int
    /// Of its `args`.
    let bytes: Int
    /// Nil when its `args` are larger than the limit.
    let job: PushedJob?

    /// Claims rows of one queue in their order, but those that another relay has claimed.
    ///
    /// Never those after the last row seen: a row with a lower number may become visible later.
    static func claim(
        _ count: Int, of queue: String, argsBytesLimit: Int, after sequence: Int = .min,
        in transaction: PostgresTransaction
    ) throws -> [OutboxRow] {
        try transaction.query(
            """
            SELECT id::text, sequence, type, trace, bytes, CASE WHEN bytes <= $3 THEN args::text END AS args,
                greatest(0, ceil(extract(epoch FROM run_at - clock_timestamp()) * 1000))::bigint AS delay
            FROM (
                SELECT *, sum(least(bytes, $3)) OVER (
                    ORDER BY sequence ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS bytes_before
                FROM (
                    SELECT *, octet_length(args::text) AS bytes FROM coursework.outbox
                    WHERE queue = $1 AND sent_at IS NULL AND ended_at IS NULL AND sequence > $5
                    ORDER BY sequence LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED
                ) AS claimed
            ) AS summed
            WHERE coalesce(bytes_before, 0) < $4 ORDER BY sequence
            """,
            [
                .text(queue), .integer(count), .integer(argsBytesLimit), .integer(bytesABatch), .integer(sequence),
            ]
        ).map { try OutboxRow($0) }
    }

    private init(_ row: PostgresRow) throws {
        id = try row["id"]
        sequence = try row["sequence"]
        bytes = try row["bytes"]
        let (args, delay): (String?, Int?) = (try row["args"], try row["delay"])
        let (type, trace): (String, String?) = (try row["type"], try row["trace"])
        let token = id
        job = args.map {
            PushedJob(token: token, delayMilliseconds: delay ?? 0, type: type, args: $0, traceparent: trace)
        }
    }
}
