internal import JobQueue
internal import Jobs
internal import Platform
internal import PostgresClient
internal import RedisClient

/// Moves rows of the outbox to Redis, one batch of one queue in one transaction.
///
/// The transaction that claims the rows pushes them and then marks them as sent. Whatever ends it before it is committed
/// leaves them unsent, and they are pushed again: Redis knows a job again by its token.
struct OutboxMover: Sendable {
    /// What one transaction did.
    struct Move: Sendable {
        var added = 0
        /// Pushed before, by a relay that could not mark them.
        var known = 0
        /// Id and reason of those that can never be sent.
        var refused: [(id: String, reason: String)] = []

        var count: Int { added + known + refused.count }
    }

    let options: OutboxOptions
    let database: PostgresClient
    let redis: RedisClient
    let loop: EventLoop
    #if BREAKABLE
        let highest = HighestSequences()
    #endif

    init(options: OutboxOptions, database: PostgresClient, redis: RedisClient, loop: EventLoop) {
        self.options = options
        self.database = database
        self.redis = redis
        self.loop = loop
    }

    /// Those of the queues that have unsent rows, the most urgent first.
    func queuesWithRows() async throws -> [QueueName] {
        try await database.query(
            """
            SELECT queue FROM unnest($1::text[]) WITH ORDINALITY AS wanted (queue, place)
            WHERE EXISTS (SELECT FROM coursework.outbox AS row
                WHERE row.queue = wanted.queue AND sent_at IS NULL AND ended_at IS NULL)
            ORDER BY place
            """, [.texts(options.queues.map(\.name))]
        ).compactMap { QueueName(try $0["queue"]) }
    }

    /// - Throws: `PostgresError`, `RedisError`. The rows are as they were, but for those whose COMMIT had no answer.
    func move(_ queue: QueueName) async throws -> Move {
        try await database.transaction { transaction in
            // A mark that a crash takes back is made again; a plan made while the table was small must not stay.
            try transaction.script("SET LOCAL synchronous_commit = off; SET LOCAL plan_cache_mode = force_custom_plan")
            let rows = try claim(queue, in: transaction)
            guard !rows.isEmpty else { return Move() }
            let jobs = rows.compactMap(\.job)
            let answers = try push(jobs, to: queue)
            return try note(rows, answers, in: transaction)
        }
    }

    private func claim(_ queue: QueueName, in transaction: PostgresTransaction) throws -> [OutboxRow] {
        #if BREAKABLE
            if !Protection.outboxGaps.isOn { return try claimAfterTheLast(of: queue, in: transaction) }
        #endif
        return try OutboxRow.claim(
            options.batch, of: queue.name, argsBytesLimit: options.argsBytesLimit, in: transaction)
    }

    /// On the database's thread, which waits for Redis as it waits for the database.
    private func push(_ jobs: [PushedJob], to name: QueueName) throws -> [JobQueue.PushAnswer] {
        guard !jobs.isEmpty else { return [] }
        #if BREAKABLE
            let jobs = Protection.outboxDuplicates.isOn ? jobs : jobs.map(\.asStranger)
        #endif
        let queue = JobQueue(name, client: redis)
        return try BlockingWait.run(on: loop) { try await queue.push(jobs, trackFor: OutboxOptions.trackFor) }
    }

    private func note(
        _ rows: [OutboxRow], _ answers: [JobQueue.PushAnswer], in transaction: PostgresTransaction
    ) throws -> Move {
        var move = Move()
        var sent: [String] = []
        var answers = answers.makeIterator()
        for row in rows {
            switch row.job == nil ? nil : answers.next() {
            case nil: move.refused.append((row.id, tooLarge(row)))
            case .refused: move.refused.append((row.id, "Redis says that this is no job."))
            case .added:
                move.added += 1
                sent.append(row.id)
            case .known:
                move.known += 1
                sent.append(row.id)
            }
        }
        try markSent(sent, in: transaction)
        try markRefused(move.refused, in: transaction)
        return move
    }

    private func tooLarge(_ row: OutboxRow) -> String {
        """
        Its args are \(row.bytes) bytes of JSON and limits.argsBytes allows \(options.argsBytesLimit): \
        pass a reference instead, or raise the limit and set ended_at and end_state of this row to NULL.
        """
    }

    private func markSent(_ ids: [String], in transaction: PostgresTransaction) throws {
        guard !ids.isEmpty else { return }
        try transaction.query(
            """
            UPDATE coursework.outbox SET sent_at = clock_timestamp(),
                check_at = clock_timestamp() + make_interval(secs => $2::float8)
            WHERE id = ANY($1::uuid[])
            """, [.texts(ids), .double(options.checkAfter.seconds)])
    }

    private func markRefused(_ refused: [(id: String, reason: String)], in transaction: PostgresTransaction) throws {
        guard !refused.isEmpty else { return }
        try transaction.query(
            """
            UPDATE coursework.outbox AS row SET ended_at = clock_timestamp(), end_state = 'refused', error = reason
            FROM unnest($1::uuid[], $2::text[]) AS refused (id, reason) WHERE row.id = refused.id
            """, [.texts(refused.map(\.id)), .texts(refused.map(\.reason))])
    }
}
