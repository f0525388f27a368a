public import FoundationEssentials
public import Logging

/// What a handler knows of the job it runs, and what it may say while it runs.
///
/// Cancellation is Swift's own: the task is cancelled when the deadline passes, when the job is taken away, or when the
/// worker must stop. `try Task.checkCancellation()` and every cancellable call see it.
public struct JobContext: JobEnqueuer {
    /// 1 for the first attempt, 2 for the first retry.
    public let attempt: Int
    private let running: any RunningJob

    public init(attempt: Int, running: any RunningJob) {
        self.attempt = attempt
        self.running = running
    }

    public var id: JobID { running.id }
    public var type: JobType { running.type }
    public var queue: QueueName { running.id.queue }
    /// Carries the job's id, type, queue and attempt on every line.
    public var logger: Logger { running.logger }
    /// The W3C `traceparent` the producer sent along, if it did.
    public var traceparent: String? { running.traceparent }
    /// The fire time of the schedule that enqueued the job, in milliseconds since 1970, however late it runs; nil when no
    /// schedule did.
    public var scheduledForMilliseconds: Int? { running.scheduledForMilliseconds }

    public var isCancelled: Bool { Task.isCancelled }

    /// Whether a person cancelled the job: it does not run again, and whoever has noted that it is under way notes now that
    /// it is not. A job that is interrupted in another way comes back.
    public var isCancelledForGood: Bool { running.isCancelledForGood }

    /// Whether the job is tried again when this attempt fails: false for the last one that its policy allows. Where a
    /// policy also says how long (`retryFor`), an earlier one may turn out to have been the last.
    public var mayRetry: Bool { running.mayRetry }

    /// The time of day.
    public var now: Date { running.clock.now }

    /// Waits. Whoever waits for long returns `.snooze` instead, and holds no slot.
    /// - Throws: `CancellationError` when the job must stop meanwhile.
    public func sleep(for duration: Duration) async throws { try await running.clock.sleep(for: duration) }

    /// The circuit breaker of a server that this job depends on, which all jobs of the process share under this name:
    ///
    ///     let receipt = try await context.breaker("payments").call { try await payments.charge(job.amount) }
    ///
    /// While it is open the call throws ``CircuitOpen``; a job that lets it pass is snoozed, and no attempt is burned.
    public func breaker(_ dependency: String) -> Breaker { Breaker(of: dependency, among: running.breakers) }

    /// The batch of which the job is a member, or whose callback it is; nil for all others.
    public var batch: BatchContext? { BatchContext(of: running) }

    /// What the job before this one in its chain left as its result; nil when it left none, or there was none.
    /// - Throws: a `DecodingError` when that is not of this type.
    public func input<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value? {
        guard let json = running.input else { return nil }
        return try JSONDecoder().decode(type, from: Data(json))
    }

    /// Says how far the job is, for those who track it. Costs nothing when the job is not tracked. What was said last stands
    /// while the job is snoozed.
    /// - Parameters:
    ///   - fraction: 0 to 1; values outside are clamped.
    ///   - remaining: how long it will take from now on, waits included; nil when nobody knows.
    public func report(progress fraction: Double, remaining: Duration? = nil) async {
        await running.report(
            progress: fraction.isNaN ? 0 : min(1, max(0, fraction)), remaining: remaining.map { max(.zero, $0) })
    }

    /// What an earlier run of this job saved last, so that a long job goes on instead of beginning anew; nil the first
    /// time, and for one that is not of this type any more.
    public func checkpoint<Value: Decodable>(as type: Value.Type = Value.self) async throws -> Value? {
        guard let json = try await running.loadCheckpoint() else { return nil }
        return try? JSONDecoder().decode(type, from: Data(json))
    }

    /// Keeps how far the job has come. Every worker that stops interrupts it, and a job that saved nothing in between is
    /// parked after 100 interruptions; a checkpoint begins that count anew.
    /// - Throws: ``JobTakenAway``, or an error of Redis; the job may go on after the latter.
    public func save(checkpoint: some Encodable) async throws {
        try await running.save(checkpoint: JobResult(encoding: checkpoint).json)
    }

    /// Asks Redis whether this worker still holds the job: the last thing to do before an effect that cannot be undone.
    /// - Throws: ``JobTakenAway`` when it does not.
    public func confirmOwnership() async throws { try await running.confirmOwnership() }

    /// Stores another job. A job may run twice, and enqueue twice: give the new one an idempotency key where that matters.
    @discardableResult
    public func enqueue(_ job: NewJob) async throws -> JobID { try await running.enqueue(job) }

    /// Opens a batch, adds its jobs and closes it: for a job that divides its work, ends with `.snooze` while the parts are
    /// done, and looks again:
    ///
    ///     var batch = JobBatch(BatchID(of: context.id))
    ///     batch.jobs = try parts.map { try NewJob($0) }
    ///     try await context.enqueue(batch)
    ///     guard try await context.progress(of: batch.id)?.hasEnded == true else { return .snooze(.seconds(5)) }
    ///
    /// Safe to repeat with the same id, which ``BatchID/init(of:_:in:)`` gives: it adds only what is missing.
    /// - Throws: ``StrayMember``; ``JobTakenAway``; an error of Redis.
    @discardableResult
    public func enqueue(_ batch: JobBatch) async throws -> BatchID {
        if let stray = StrayMember(among: batch.jobs, of: batch.id) { throw stray }
        try await running.enqueue(batch)
        return batch.id
    }

    /// How far a batch is, in whatever queue; nil for one that was never opened, or is forgotten
    /// (``JobBatch/keepFor``).
    public func progress(of batch: BatchID) async throws -> BatchProgress? { try await running.progress(of: batch) }

    /// What the members of a batch left as their results, as far as they were kept: see ``JobBatch/keepResults``.
    public func results(of batch: BatchID) async throws -> [JobID: JobResult] { try await running.results(of: batch) }

    /// Closes a batch for good and cancels all members that have not ended. Those that run are told within about a second.
    /// - Throws: ``JobTakenAway``; an error of Redis, also for a batch that was never opened, or is forgotten.
    public func cancel(_ batch: BatchID) async throws { try await running.cancel(batch) }

    /// Whether a job, of whatever queue, still waits or runs: false for one that has ended, in whatever way, and one that
    /// never was.
    ///
    /// Track the jobs that are asked about (``NewJob/trackFor``): for one that ended and left nothing behind, Redis looks
    /// through all that waits in its queue.
    public func isPending(_ job: JobID) async throws -> Bool { try await running.isPending(job) }

    /// Lets no job of this type begin in this queue any more, on any worker, until a person resumes it: `coursework resume
    /// QUEUE --type TYPE`. For what every job would meet and no retry mends, such as an account that is refused; the job
    /// itself is then best snoozed.
    /// - Returns: false when it was paused already, so that the reason is told once.
    @discardableResult
    public func pauseType() async throws -> Bool { try await running.pauseType() }

    /// Runs `body` beside something that must be killed when the job must not go on and `body` does not end by itself: a
    /// child process. A job that was taken away is killed at once; at its deadline or a drain it is cancelled first.
    ///
    ///     try await context.killing({ child.sendToGroup(signal: SIGKILL) }) { await child.exit() }
    public func killing<Value>(
        _ kill: @escaping @Sendable () -> Void, during body: () async throws -> Value
    ) async rethrows -> Value {
        let name = running.addKill(kill)
        defer { running.removeKill(name) }
        return try await body()
    }
}
