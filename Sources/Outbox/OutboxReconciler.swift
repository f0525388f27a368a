internal import JobQueue
internal import Jobs
internal import Logging
internal import Platform
internal import PostgresClient
internal import RedisClient

/// Asks Redis what became of the jobs of sent rows: notes those that ended, and has those that Redis lost sent again.
///
/// Redis loses what it had not yet written to its disk when the power goes, what was enqueued since a snapshot that is
/// restored, and what somebody deletes. A lost end makes its job run again: effects are applied once by their ledger.
struct OutboxReconciler: Sendable {
    /// What one look did.
    struct Look: Sendable {
        var ended = 0
        var waiting = 0
        /// Those that Redis does not have; their rows are unsent again.
        var lost: [JobID] = []

        var count: Int { ended + waiting + lost.count }
    }

    fileprivate struct Due: Sendable {
        let id: JobID
        var state: JobState?
        /// False when its queue could not be asked.
        var isKnown = false
    }

    static let rowsALook = 500
    private static let deletedAtOnce = 1000

    let options: OutboxOptions
    let database: PostgresClient
    let redis: RedisClient
    let loop: EventLoop
    let logger: Logger

    /// Looks after the rows whose time has come, at most ``rowsALook``.
    /// - Throws: `PostgresError`, or a `RedisError` that waiting may mend: then nothing is known, and nothing changed.
    func look() async throws -> Look {
        let jobs = try await database.transaction { transaction in
            // A plan made while the table was small, or nothing was due, must not stay.
            try transaction.script("SET LOCAL plan_cache_mode = force_custom_plan")
            let jobs = try ask(about: Self.due(in: transaction))
            try note(jobs, in: transaction)
            return jobs
        }
        await untrack(jobs.filter { $0.state?.hasEnded == true }.map(\.id))
        var look = Look()
        for job in jobs {
            if job.isLost {
                look.lost.append(job.id)
            } else if job.hasEnded {
                look.ended += 1
            } else {
                look.waiting += 1
            }
        }
        return look
    }

    private static func due(in transaction: PostgresTransaction) throws -> [Due] {
        try transaction.query(
            """
            SELECT id::text, queue FROM coursework.outbox
            WHERE check_at <= now() AND sent_at IS NOT NULL AND ended_at IS NULL
            ORDER BY check_at LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED
            """, [.integer(rowsALook)]
        ).compactMap { row in
            guard let queue = QueueName(try row["queue"]) else { return nil }
            return JobID(queue: queue, token: try row["id"]).map { Due(id: $0) }
        }
    }

    /// A queue that is none any more keeps no other from being looked after.
    private func ask(about due: [Due]) throws -> [Due] {
        try Dictionary(grouping: due, by: \.id.queue).flatMap { name, jobs in
            do {
                let states = try states(of: jobs.map(\.id.token), in: name)
                return zip(jobs, states).map { Due(id: $0.id, state: $1, isKnown: true) }
            } catch let error as RedisError where !error.isTransient && error.code != .closed {
                logger.warning(
                    "Redis cannot be asked about jobs of a queue: \(error)", [("queue", .string(name.name))])
                return jobs
            }
        }
    }

    private func states(of tokens: [String], in name: QueueName) throws -> [JobState?] {
        let queue = JobQueue(name, client: redis)
        return try BlockingWait.run(on: loop) { try await queue.states(of: tokens, trackFor: OutboxOptions.trackFor) }
    }

    private func note(_ jobs: [Due], in transaction: PostgresTransaction) throws {
        guard !jobs.isEmpty else { return }
        try transaction.query(
            """
            UPDATE coursework.outbox AS row SET ended_at = now(), end_state = ended.state
            FROM unnest($1::uuid[], $2::text[]) AS ended (id, state) WHERE row.id = ended.id
            """,
            [
                .texts(jobs.filter(\.hasEnded).map(\.id.token)),
                .texts(jobs.filter(\.hasEnded).map { $0.state?.rawValue }),
            ])
        try transaction.query(
            "UPDATE coursework.outbox SET sent_at = NULL, check_at = NULL, losses = losses + 1 WHERE id = ANY($1::uuid[])",
            [.texts(jobs.filter(\.isLost).map(\.id.token))])
        // The longer a job has waited, the later it is asked about again.
        try transaction.query(
            """
            UPDATE coursework.outbox SET check_at = now() + least(
                make_interval(secs => $3::float8), greatest(make_interval(secs => $2::float8), now() - sent_at))
            WHERE id = ANY($1::uuid[])
            """,
            [
                .texts(jobs.filter { !$0.hasEnded && !$0.isLost }.map(\.id.token)),
                .double(options.checkAfter.seconds), .double(options.checkAtLeastEvery.seconds),
            ])
    }

    /// After the ends are committed. What is missed here goes by itself, only later.
    private func untrack(_ jobs: [JobID]) async {
        for (queue, jobs) in Dictionary(grouping: jobs, by: \.queue) {
            do throws(RedisError) {
                try await JobQueue(queue, client: redis).untrack(jobs.map(\.token), keepFor: OutboxOptions.keepEnded)
            } catch {
                logger.debug("States stay for longer than needed: \(error)")
            }
        }
    }

    /// Deletes one portion of the rows whose time is over.
    /// - Returns: whether there may be more.
    func deleteOld() async throws -> Bool {
        let rows = try await database.query(
            """
            DELETE FROM coursework.outbox WHERE id IN (
                SELECT id FROM coursework.outbox
                WHERE ended_at < now() - make_interval(secs => $1::float8) AND end_state <> 'refused'
                ORDER BY ended_at LIMIT $2 FOR UPDATE SKIP LOCKED)
            """, [.double(options.retention.seconds), .integer(Self.deletedAtOnce)])
        return rows.affected == Self.deletedAtOnce
    }
}

extension OutboxReconciler.Due {
    fileprivate var hasEnded: Bool { state?.hasEnded ?? false }
    fileprivate var isLost: Bool { isKnown && state == nil }
}
