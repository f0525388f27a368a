internal import JobQueue
internal import Jobs
internal import Logging
internal import Platform
internal import Sealing
internal import Synchronization
internal import Tracing

/// A job this worker holds, from its claim until Redis knows how it ended.
final class ActiveJob: RunningJob, LogSubject {
    /// Why a job should stop.
    enum Cancellation: UInt8, AtomicRepresentable {
        case none
        /// Its deadline passed: the attempt failed.
        case deadline
        /// The worker must end: the job is handed back.
        case drain
        /// Somebody asked for its end.
        case request
        /// Another worker has it: whatever it still does counts for nothing.
        case lost
    }

    let claim: JobClaimer.Claim
    let registered: RegisteredJob?
    let claimed: MonotonicTime
    /// Where it is counted: see ``JobTally``.
    let series: Int
    private let host: any JobHost
    private let startedNanoseconds = Atomic<UInt64>(0)
    private let stoppedNanoseconds = Atomic<UInt64>(0)
    private let cancelledNanoseconds = Atomic<UInt64>(0)
    private let cancellationReason = Atomic<Cancellation>(.none)
    private let hasEnded = Atomic(false)
    private let usesCheckpoint = Atomic(false)
    private let tookSlot = Atomic(false)
    private let isReturned = Atomic(false)
    private let kills = Mutex(Kills())
    /// Nil until a tracked job asks for its logger.
    private let log = Mutex<JobLog?>(nil)
    /// Where the worker keeps it; only the event loop touches this.
    nonisolated(unsafe) var place = 0

    private struct Kills {
        var all: [Int: @Sendable () -> Void] = [:]
        var next = 0
        /// The job must not go on: what is added now is killed at once.
        var isOver = false
    }

    init(
        _ claim: JobClaimer.Claim, registered: RegisteredJob?, host: any JobHost, claimed: MonotonicTime, series: Int
    ) {
        self.claim = claim
        self.series = series
        self.registered = registered
        self.host = host
        self.claimed = claimed
    }

    var job: ClaimedJob { claim.job }

    var isSealed: Bool { PayloadVault.isSealed(job.args) }

    /// Whether nothing that it says may be read.
    var isSecret: Bool { isSealed || host.vault.sealsAny && host.vault.seals(typeText) }

    /// The payload in the clear; the same bytes when it is not sealed.
    func openArgs() throws(SealFailure) -> ArraySlice<UInt8> {
        guard isSealed else { return job.args }
        return try host.vault.open(job.args, of: typeText)
    }

    /// What the producer wrote as its type; may be anything.
    var typeText: String { String(decoding: job.type, as: UTF8.self) }

    /// For comparing with what Redis says of entries.
    var entryText: String { String(decoding: job.entry, as: UTF8.self) }

    /// True once: how a job ended is told by whoever asks first, its handler or those who gave up on it.
    func claimEnd() -> Bool { !hasEnded.exchange(true, ordering: .relaxed) }

    /// Whether a slot ever had it; others are handed back as they came.
    var hadSlot: Bool { tookSlot.load(ordering: .relaxed) }

    func takeSlot() { tookSlot.store(true, ordering: .relaxed) }

    var isEnded: Bool { hasEnded.load(ordering: .relaxed) }

    /// Nobody works on it here, and it may come back at once.
    var isHandedBack: Bool { isReturned.load(ordering: .relaxed) }

    func handBack() { isReturned.store(true, ordering: .relaxed) }

    /// Whether Redis must be told of its end in words of its own, and not together with others.
    var endsAlone: Bool { job.endsAlone || usesCheckpoint.load(ordering: .relaxed) }

    var isLimited: Bool { registered?.isLimited ?? false }

    // MARK: Stopping

    var cancellation: Cancellation { cancellationReason.load(ordering: .relaxed) }

    /// The first reason stays, except that a lost job is lost whatever else was wrong with it.
    func cancel(_ reason: Cancellation, at time: MonotonicTime = .now) {
        _ = cancelledNanoseconds.compareExchange(expected: 0, desired: time.nanoseconds, ordering: .relaxed)
        if reason == .lost {
            cancellationReason.store(.lost, ordering: .relaxed)
        } else {
            _ = cancellationReason.compareExchange(expected: .none, desired: reason, ordering: .relaxed)
        }
    }

    /// Nil until it was cancelled.
    var cancelled: MonotonicTime? { Self.time(cancelledNanoseconds) }

    /// Kills what the job has registered: its child processes.
    func killAll() {
        let kills = kills.withLock { kills in
            kills.isOver = true
            return kills.all.values
        }
        for kill in kills { kill() }
    }

    /// Nil until a slot runs it.
    var started: MonotonicTime? { Self.time(startedNanoseconds) }

    /// Nil until the slot has let go of it.
    var stopped: MonotonicTime? { Self.time(stoppedNanoseconds) }

    /// How long a slot ran it, or has been running it; nil until one does.
    var duration: Duration? { started.map { (stopped ?? .now).since($0) } }

    func start(at time: MonotonicTime) { startedNanoseconds.store(time.nanoseconds, ordering: .relaxed) }

    func stop(at time: MonotonicTime) { stoppedNanoseconds.store(time.nanoseconds, ordering: .relaxed) }

    private static func time(_ nanoseconds: borrowing Atomic<UInt64>) -> MonotonicTime? {
        let nanoseconds = nanoseconds.load(ordering: .relaxed)
        return nanoseconds == 0 ? nil : MonotonicTime(nanoseconds: nanoseconds)
    }

    /// What is wrong with the jobs that come after it; nil when nothing is.
    var mistakeInLinks: String? {
        get async { job.hasLinks ? await host.mistake(inLinksOf: self) : nil }
    }

    // MARK: RunningJob

    var id: JobID { host.id(of: self) }

    var type: JobType { registered?.type ?? "unknown.type" }

    var logger: Logger {
        let logger = host.logger.with(self.logFields)
        guard job.isTracked else { return logger }
        return log.withLock { log in
            let kept = log ?? JobLog(beside: logger, loop: host.loop) { [weak self] in await self?.keep($0) }
            log = kept
            return kept.logger
        }
    }

    private func keep(_ lines: [JobLogLine]) async { await host.log(lines, of: self) }

    /// What the job said is there before its end is.
    func flushLog() async {
        guard job.isTracked, let log = log.withLock({ $0 }) else { return }
        await log.close()
    }

    var traceparent: String? { job.traceparent }

    var scheduledForMilliseconds: Int? {
        job.scheduledForMilliseconds > 0 ? job.scheduledForMilliseconds : nil
    }

    var clock: any JobClock { SystemClock() }

    var isCancelledForGood: Bool { cancellation == .request }

    var mayRetry: Bool { registered?.retryPolicy.allowsRetry(afterFailures: job.attempt) ?? true }

    var breakers: CircuitBreakers { host.breakers }

    func enqueue(_ job: NewJob) async throws -> JobID { try await host.enqueue(job) }

    func pauseType() async throws -> Bool { try await host.pauseType(of: self) }

    /// One that cannot be opened stays as it is, and will not be what the job expects.
    var input: [UInt8]? {
        job.input.map { input in Array((try? host.vault.open(input, as: .result, of: "")) ?? input) }
    }

    var batch: BatchID? {
        job.batchToken.flatMap { BatchID(queue: id.queue, token: String(decoding: $0, as: UTF8.self)) }
    }

    var batchSummary: BatchSummary? { job.callback.flatMap { try? BatchSummary(json: $0) } }

    func add(_ jobs: [NewJob], to batch: BatchID) async throws -> [JobID] {
        try await host.add(jobs, to: batch, by: self)
    }

    func enqueue(_ batch: JobBatch) async throws { try await host.enqueue(batch, by: self) }

    func progress(of batch: BatchID) async throws -> BatchProgress? { try await host.progress(of: batch) }

    func results(of batch: BatchID) async throws -> [JobID: JobResult] { try await host.results(of: batch) }

    func cancel(_ batch: BatchID) async throws { try await host.cancel(batch, by: self) }

    func isPending(_ job: JobID) async throws -> Bool { try await host.isPending(job) }

    func report(progress fraction: Double, remaining: Duration?) async {
        guard job.isTracked else { return }
        await host.report(progress: fraction, remaining: remaining, of: self)
    }

    func loadCheckpoint() async throws -> [UInt8]? {
        usesCheckpoint.store(true, ordering: .relaxed)
        return try await host.checkpoint(of: self)
    }

    func save(checkpoint: [UInt8]) async throws {
        usesCheckpoint.store(true, ordering: .relaxed)
        try await host.save(checkpoint: checkpoint, of: self)
    }

    func confirmOwnership() async throws { try await host.confirmOwnership(of: self) }

    func addKill(_ kill: @escaping @Sendable () -> Void) -> Int {
        let (name, isOver) = kills.withLock { kills in
            kills.next += 1
            kills.all[kills.next] = kill
            return (kills.next, kills.isOver)
        }
        if isOver { kill() }
        return name
    }

    func removeKill(_ name: Int) { kills.withLock { _ = $0.all.removeValue(forKey: name) } }

    var logFields: [LogField] {
        var fields: [LogField] = [
            ("job_id", .string(id.description)), ("type", .string(typeText)),
            ("attempt", .integer(job.attempt)), ("queue", .string(id.queue.name)),
        ]
        if let traceID { fields.append(("trace_id", .verbatim(traceID.description))) }
        return fields
    }

    /// What is logged while a job runs whose type is sealed may be of its payload.
    func concealed(_ message: String, _ fields: [LogField]) -> (message: String, fields: [LogField]) {
        guard isSecret else { return (message, fields) }
        let known = logFields
        func isKnown(_ field: LogField) -> Bool { known.contains { $0.name == field.name && $0.value == field.value } }
        let line = JobLogLine(level: "", message: message, fields: JobLog.texts(fields.filter { !isKnown($0) }))
            .sealed(by: host.vault, of: typeText)
        let hidden: [LogField] = line.fields.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }
        return (line.message, fields.filter(isKnown) + hidden)
    }

    /// Nil where nobody traces.
    private var traceID: TraceID? { job.trace?.traceID ?? (host.tracer == nil ? nil : ownTraceID) }
}
