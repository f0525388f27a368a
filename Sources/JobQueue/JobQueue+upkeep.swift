internal import Jobs
public import Platform
public import RedisClient

/// What any worker does for a queue now and then; safe to run everywhere at once.
extension JobQueue {
    /// Makes the queue if it is new.
    /// - Parameter isFresh: the worker begins, and so holds nothing.
    public func join(_ worker: WorkerID, isFresh: Bool = true) async throws(RedisError) {
        _ = try await call("cw_join", worker.description, isFresh ? "1" : "0")
    }

    /// Forgets a worker that ends. What it holds by now it does not know of, since the answer never reached it; that is
    /// handed back.
    /// - Returns: how many jobs were handed back.
    @discardableResult
    public func leave(_ worker: WorkerID) async throws(RedisError) -> Int {
        try await call("cw_leave", worker.description).integer ?? 0
    }

    /// Forgets workers that hold nothing and were not heard of for a while.
    @discardableResult
    public func forgetWorkers(silentFor idle: Duration) async throws(RedisError) -> Int {
        try await call("cw_forget", String(idle.milliseconds)).integer ?? 0
    }

    public struct Promotion: Sendable {
        public let count: Int
        /// Nil when nothing waits.
        public let nextDue: Duration?
        /// Something waits to be carried to other queues: see ``carryOver()``.
        public let leavesWork: Bool
        /// Limits whose time had come may have let jobs go on: see ``Lane/admitted``.
        public let opensGates: Bool
    }

    /// Makes jobs ready whose time has come.
    /// - Parameter limit: how many at most, up to 1000.
    public func promote(limit: Int = 1000) async throws(RedisError) -> Promotion {
        #if BREAKABLE
            if !Protection.serverTime.isOn { try await makeDueByOwnClock() }
        #endif
        let numbers = try await call("cw_promote", String(limit)).elements.compactMap(\.integer)
        guard numbers.count == 4 else {
            throw RedisError(.protocolViolation, "cw_promote did not answer with four numbers.")
        }
        return Promotion(
            count: numbers[0], nextDue: numbers[1] < 0 ? nil : .milliseconds(numbers[1]), leavesWork: numbers[2] > 0,
            opensGates: numbers[3] > 0)
    }

    /// Deletes dead letters that were buried longer ago, a portion of them.
    /// - Returns: how many; the oldest first, and 0 when none is left that is so old.
    public func deleteDeadLetters(olderThan age: Duration) async throws(RedisError) -> Int {
        try await call("cw_dead_expire", String(max(1, age.milliseconds))).integer ?? 0
    }

    /// Takes over jobs that were handed back, or whose worker did not renew them for longer than the lease. The worker's
    /// own are no exception: it must have renewed those it knows of within the lease.
    /// - Parameter deadline: when it is too late to ask; nil is after the client's command timeout.
    public func rescue(
        for worker: WorkerID, lease: Duration, limit: Int, suspects: Rescue.Suspects = .with,
        tolerance: Tolerance = .standard, deadline: MonotonicTime? = nil
    ) async throws(RedisError) -> Rescue {
        var answer = try await call(
            "cw_rescue", worker.description, String(lease.milliseconds), String(limit), String(tolerance.crashes),
            String(tolerance.leaseLosses), suspects.rawValue, deadline: deadline
        ).elements
        let isTurn = answer.next()?.integer == 1
        let jobs = answer.next().map { taken in
            taken.elements.compactMap { value -> ClaimedJob? in
                var parts = value.elements
                guard let entry = parts.next()?.bytes, let deliveries = parts.next()?.integer,
                    let fields = parts.next()
                else { return nil }
                return ClaimedJob(entry: entry, fields: fields, wasRescued: deliveries > 1)
            }
        }
        return Rescue(jobs: jobs ?? [], isTurnForSuspects: isTurn)
    }

    /// Says that a worker is dead: its jobs are rescued at once instead of when their leases run out. Only whoever saw
    /// it end may say so; a worker that lives would lose its jobs.
    /// - Returns: how many jobs it held.
    @discardableResult
    public func handOver(from worker: WorkerID) async throws(RedisError) -> Int {
        try await call("cw_hand_over", worker.description).integer ?? 0
    }
}

#if BREAKABLE
    extension JobQueue {
        /// What must not be done, since the clocks of workers differ.
        private func makeDueByOwnClock() async throws(RedisError) {
            let script = """
                for _, token in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])) do
                    redis.call('ZADD', KEYS[1], 0, token)
                end
                """
            _ = try await client.call("EVAL", script, "1", keys.later, "\(WallClock.milliseconds)")
        }
    }
#endif
