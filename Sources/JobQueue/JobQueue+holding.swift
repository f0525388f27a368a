public import Jobs
public import RedisClient

/// What a worker says of jobs it holds. An answer that names a job lost means: another worker has it now, nothing
/// happened to it, and this worker must stop working on it.
extension JobQueue {
    /// Entries one call may name: Lua can unpack only so many at once.
    public static let entriesACall = 1000

    /// How a job ended for good, dead letters aside.
    public enum End: String, Sendable {
        case done, discarded, cancelled, expired
    }

    /// Ends jobs for good that do not end alone; at most ``entriesACall``.
    /// - Returns: the entries the worker did not hold any more.
    public func complete(
        _ jobs: some Collection<ClaimedJob>, as end: End = .done, by worker: WorkerID
    ) async throws(RedisError) -> [String] {
        var pipeline = RedisPipeline()
        if jobs.allSatisfy({ $0.lane == .ordinary }) {
            addCompletion(of: jobs, as: end, by: worker, to: &pipeline)
        } else {
            for lane in Lane.allCases {
                let jobs = jobs.filter { $0.lane == lane }
                if !jobs.isEmpty { addCompletion(of: jobs, as: end, by: worker, to: &pipeline) }
            }
        }
        let reply = try await library.sendAll(pipeline)
        if let error = reply.firstError { throw error }
        return reply.values.flatMap { $0.elements.compactMap(\.string) }
    }

    /// - Parameter jobs: of one lane.
    private func addCompletion(
        of jobs: some Collection<ClaimedJob>, as end: End, by worker: WorkerID, to pipeline: inout RedisPipeline
    ) {
        let tokens = jobs.compactMap(\.givenToken)
        pipeline.reserve(128 + jobs.count * 24 + tokens.count * 40)
        begin("cw_complete", arguments: 3 + jobs.count + tokens.count, in: &pipeline)
        pipeline.append(worker.description)
        pipeline.append(end.rawValue)
        pipeline.append(jobs.count)
        for job in jobs { pipeline.append(job.entry) }
        for token in tokens { pipeline.append(token) }
    }

    /// What became of a job that was to end.
    public enum Finish: Sendable {
        /// The worker did not hold it any more.
        case lost
        case ended
        /// It has ended, and something waits to be carried to other queues: see ``carryOver()``.
        case endedLeavingWork
    }

    /// Ends a job that ends alone, with its result or the reason why it was not done.
    /// - Returns: false when the worker did not hold it any more.
    public func finish(
        _ job: ClaimedJob, as end: End, result: JobResult = .none, by worker: WorkerID
    ) async throws(RedisError) -> Bool {
        try await finish(reporting: job, as: end, result: result, by: worker) != .lost
    }

    /// As ``finish(_:as:result:by:)``, and tells whether that left something for other queues.
    public func finish(
        reporting job: ClaimedJob, as end: End, result: JobResult = .none, by worker: WorkerID
    ) async throws(RedisError) -> Finish {
        let answer = try await call(
            "cw_finish", worker.description, text(job.entry), end.rawValue, String(decoding: result.json, as: UTF8.self)
        )
        return switch answer.integer {
        case 1: .ended
        case 2: .endedLeavingWork
        default: .lost
        }
    }

    /// What became of a job that was to be set aside.
    public enum Blocking: Sendable {
        case blocked
        /// Its type was resumed meanwhile: it was handed back as it came.
        case handedBack
        /// The worker did not hold it any more.
        case lost
    }

    /// Sets a job of a paused type aside until the type is resumed.
    public func block(_ job: ClaimedJob, by worker: WorkerID) async throws(RedisError) -> Blocking {
        switch try await call("cw_block", worker.description, text(job.entry), text(job.type)).integer {
        case 1: .blocked
        case 2: .handedBack
        default: .lost
        }
    }

    /// Puts a job off after a failed attempt.
    /// - Parameter duration: how long the attempt took.
    /// - Returns: false when the worker did not hold it any more.
    public func retry(
        _ job: ClaimedJob, in delay: Duration, error: ErrorReport, after duration: Duration = .zero,
        by worker: WorkerID
    ) async throws(RedisError) -> Bool {
        try await retry(job, in: delay, within: nil, error: error, after: duration, by: worker) != nil
    }

    /// Puts a job off after a failed attempt, or parks it when the next one would begin too late.
    /// - Parameters:
    ///   - limit: how long after the job was first enqueued it may begin at the latest, by the clock of Redis; nil sets no
    ///     limit.
    ///   - duration: how long the attempt took.
    /// - Returns: nil when the worker did not hold it any more, else whether it was parked.
    public func retry(
        _ job: ClaimedJob, in delay: Duration, within limit: Duration?, error: ErrorReport,
        after duration: Duration = .zero, by worker: WorkerID
    ) async throws(RedisError) -> Bool? {
        let answer = try await call(
            "cw_retry", worker.description, text(job.entry), String(delay.milliseconds), "1", error.text, error.kind,
            String(duration.milliseconds), limit.map { String($0.milliseconds) } ?? ""
        ).integer
        return answer == 0 ? nil : answer == 2
    }

    /// Puts a job off without burning an attempt.
    /// - Returns: false when the worker did not hold it any more.
    public func snooze(
        _ job: ClaimedJob, for delay: Duration, by worker: WorkerID
    ) async throws(RedisError) -> Bool {
        try await call(
            "cw_retry", worker.description, text(job.entry), String(delay.milliseconds), "0", ""
        ).integer == 1
    }

    /// Puts a job off whose type this worker does not know: a newer worker may.
    /// - Parameter limit: how long since it was enqueued, by the clock of Redis; after that it is parked.
    /// - Returns: nil when the worker did not hold it any more, else whether it was parked.
    public func awaitType(
        of job: ClaimedJob, limit: Duration, error: String, by worker: WorkerID
    ) async throws(RedisError) -> Bool? {
        let answer = try await call(
            "cw_await_type", worker.description, text(job.entry), String(limit.milliseconds), error
        ).integer
        return answer == 0 ? nil : answer == 2
    }

    /// Parks a job as a dead letter.
    /// - Parameter duration: how long the last attempt took.
    /// - Returns: false when the worker did not hold it any more.
    public func bury(
        _ job: ClaimedJob, reason: DeathReason, error: ErrorReport, after duration: Duration = .zero,
        by worker: WorkerID
    ) async throws(RedisError) -> Bool {
        try await call(
            "cw_bury", worker.description, text(job.entry), reason.rawValue, error.text, error.kind,
            String(duration.milliseconds)
        ).integer == 1
    }

    /// Hands jobs back as if they had never been claimed; at most ``entriesACall``.
    /// - Returns: how many the worker still held.
    @discardableResult
    public func release(
        _ entries: [ArraySlice<UInt8>], by worker: WorkerID, tolerance: Tolerance = .standard
    ) async throws(RedisError) -> Int {
        var pipeline = RedisPipeline()
        begin("cw_release", arguments: 2 + entries.count, in: &pipeline)
        pipeline.append(worker.description)
        pipeline.append(tolerance.interruptions)
        for entry in entries { pipeline.append(entry) }
        return try await library.send(pipeline).integer ?? 0
    }

    /// Starts the lease of jobs anew; at most ``entriesACall``.
    /// - Parameter handings: when these are all jobs of this queue that the worker believes it holds, how many calls it has
    ///   sent that hand jobs back.
    /// - Returns: the entries the worker does not hold any more.
    public func renew(
        _ entries: [ArraySlice<UInt8>], handings: Int? = nil, by worker: WorkerID
    ) async throws(RedisError) -> [String] {
        var renewal = LeaseRenewal(by: worker)
        renewal.add(entries, handings: handings, of: self)
        return try await renewal.send(through: client)[0].get()
    }

    /// Notes how far a tracked job is, 0 to 1.
    /// - Parameter remaining: how long it will take from now on; nil when nobody knows.
    /// - Returns: false when the worker does not hold it any more.
    public func report(
        progress: Double, remaining: Duration? = nil, of job: ClaimedJob, by worker: WorkerID
    ) async throws(RedisError) -> Bool {
        let milliseconds = remaining.map { String(min(Self.longestRemaining, max(.zero, $0)).milliseconds) }
        return try await call(
            "cw_progress", worker.description, text(job.entry), "\(progress)", milliseconds ?? ""
        ).integer == 1
    }

    /// Ten years: with more, a handler's mistake would be no time that can be written.
    private static let longestRemaining = Duration.seconds(10 * 365 * 86_400)

    /// Keeps how far a job has come, for the next worker that runs it. A handler that has done so ends its job with
    /// ``finish(_:as:result:by:)``, which forgets it.
    /// - Returns: false when the worker does not hold the job any more.
    public func save(
        checkpoint: [UInt8], of job: ClaimedJob, for time: Duration, by worker: WorkerID
    ) async throws(RedisError) -> Bool {
        var pipeline = RedisPipeline()
        begin("cw_checkpoint", arguments: 4, in: &pipeline)
        pipeline.append(worker.description)
        pipeline.append(job.entry)
        pipeline.append(Int(time.milliseconds))
        pipeline.append(checkpoint)
        return try await library.send(pipeline).integer == 1
    }

    /// What was last kept of a job; nil when nothing was.
    public func checkpoint(of job: ClaimedJob) async throws(RedisError) -> [UInt8]? {
        try await client.call("GET", keys.checkpoint(of: job.token)).bytes.map(Array.init)
    }

    private func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
