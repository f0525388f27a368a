internal import FoundationEssentials
public import Jobs
public import PostgresClient

/// Jobs kept in the database until they have ended: the table `coursework.outbox`.
///
/// Any program may write a row, in the transaction that makes the job necessary: then there is a job exactly if that
/// transaction is committed. A relay moves it to Redis.
public struct Outbox: JobEnqueuer {
    /// What the table holds at one moment.
    public struct Summary: Sendable, Equatable {
        /// Rows that wait for a relay.
        public var unsent = 0
        /// How long the oldest of them has waited, in seconds.
        public var oldestUnsentSeconds = 0.0
        /// Rows whose jobs have not ended yet.
        public var sent = 0
        /// Rows that can never be sent; each says why.
        public var refused = 0
        /// Queues of unsent rows.
        public var queues: [String] = []

        public init(unsent: Int = 0, sent: Int = 0, refused: Int = 0) {
            self.unsent = unsent
            self.sent = sent
            self.refused = refused
        }
    }

    private let client: PostgresClient

    public init(_ client: PostgresClient) { self.client = client }

    /// Writes a row by itself. With an idempotency key it is written once; the key's window is the retention of rows.
    /// - Throws: `PostgresError`. When its `mayHaveCommitted` is true, write it again with the same key.
    public func enqueue(_ job: NewJob) async throws -> JobID {
        try await client.transaction { try Self.enqueue(job, in: $0) }
    }

    /// Writes a row in a transaction that does more.
    /// - Throws: also ``KeyStandsForAnother``.
    public static func enqueue(_ job: NewJob, in transaction: PostgresTransaction) throws -> JobID {
        guard job.batch == nil, job.links.isEmpty else { throw DurableTogether() }
        let fingerprint = job.idempotencyKey?.fingerprint
        // Named only where it is wanted: a role that may write no more than the columns of the contract goes on.
        let more = fingerprint.map { (", fingerprint", ", $7", [PostgresValue.text($0)]) } ?? ("", "", [])
        let rows = try transaction.query(
            """
            WITH new AS (SELECT coalesce(md5($1::text)::uuid, gen_random_uuid()) AS id), inserted AS (
                INSERT INTO coursework.outbox (id, queue, type, args, run_at, trace\(more.0))
                SELECT id, $2, $3, $4::json, clock_timestamp() + make_interval(secs => $5::float8), $6\(more.1) FROM new
                ON CONFLICT DO NOTHING
            ) SELECT id::text FROM new
            """,
            [
                .optional(job.idempotencyKey.map { "\(job.queue):\($0.text)" }), .text(job.queue.name),
                .text(job.type.name), .json(job.args), job.delay > .zero ? .double(job.delay.seconds) : .null,
                .optional(job.traceparent),
            ] + more.2)
        guard let token: String = try rows.first?["id"], let id = JobID(queue: job.queue, token: token) else {
            throw PostgresError(.unexpectedValue, "PostgreSQL did not answer with the id of the job.")
        }
        if let fingerprint { try compare(fingerprint, with: id, in: transaction) }
        return id
    }

    /// A statement of its own: the one before does not see a row that somebody committed while it ran.
    private static func compare(
        _ fingerprint: String, with id: JobID, in transaction: PostgresTransaction
    ) throws {
        let rows = try transaction.query(
            "SELECT coalesce(fingerprint, $2) AS fingerprint FROM coursework.outbox WHERE id = $1::uuid",
            [.text(id.token), .text(fingerprint)])
        let kept: String? = try rows.first?["fingerprint"]
        guard kept == nil || kept == fingerprint else { throw KeyStandsForAnother() }
    }

    public func summary() async throws -> Summary {
        let rows = try await client.query(
            """
            SELECT count(*) FILTER (WHERE sent_at IS NULL) AS unsent, count(*) FILTER (WHERE sent_at IS NOT NULL) AS sent,
                coalesce(extract(epoch FROM now() - min(created_at) FILTER (WHERE sent_at IS NULL)), 0)::float8 AS age,
                coalesce(array_to_json(array_agg(DISTINCT queue) FILTER (WHERE sent_at IS NULL)), '[]')::text AS queues,
                (SELECT count(*) FROM coursework.outbox WHERE end_state = 'refused') AS refused
            FROM coursework.outbox WHERE ended_at IS NULL
            """)
        guard let row = rows.first else { return Summary() }
        let queues: String = try row["queues"]
        var summary = Summary(unsent: try row["unsent"], sent: try row["sent"], refused: try row["refused"])
        summary.oldestUnsentSeconds = try row["age"]
        summary.queues = try JSONDecoder().decode([String].self, from: Data(queues.utf8))
        return summary
    }
}

/// The idempotency key of a durable job was given to another request.
public struct KeyStandsForAnother: Error, CustomStringConvertible {
    public var description: String {
        "The idempotency key stands for another request: send that again, or take a new key."
    }
}

/// A durable job was to be in a batch or a chain.
struct DurableTogether: Error, CustomStringConvertible {
    var description: String {
        "A durable job can be no member of a batch and have no links: enqueue those from its handler, or without the outbox."
    }
}
