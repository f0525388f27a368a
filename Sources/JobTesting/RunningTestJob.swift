internal import Jobs
internal import Logging
internal import Synchronization

/// What stands behind the context of a job that a test runs.
final class RunningTestJob: RunningJob, LogSink {
    private struct Notes {
        var progress: [Double] = []
        var remaining: [Duration?] = []
        var checkpoints: [[UInt8]] = []
        var log: [TestRun.LogLine] = []
        var kills: [Int: @Sendable () -> Void] = [:]
        var registered = 0
        var called = 0
        var isOver = false
        var hasPausedType = false
        var cancelledBatches: [BatchID] = []
    }

    let id: JobID
    let type: JobType
    let mayRetry: Bool
    private let test: TestJob
    private let notes = Mutex(Notes())

    init(_ test: TestJob, _ job: RegisteredJob, id: JobID) {
        self.test = test
        self.id = id
        type = job.type
        mayRetry = job.retryPolicy.allowsRetry(afterFailures: test.attempt)
    }

    var logger: Logger { Logger(level: .debug, sink: self) }
    var traceparent: String? { test.traceparent }
    var scheduledForMilliseconds: Int? { test.scheduledForMilliseconds }
    var input: [UInt8]? { test.input?.json }
    var batch: BatchID? { test.batch }
    var batchSummary: BatchSummary? { test.batchSummary }
    var clock: any JobClock { test.clock }
    var isCancelledForGood: Bool { test.isCancelledForGood }
    var breakers: CircuitBreakers { test.breakers }

    func report(progress fraction: Double, remaining: Duration?) async {
        notes.withLock { notes in
            notes.progress.append(fraction)
            notes.remaining.append(remaining)
        }
    }

    func loadCheckpoint() async throws -> [UInt8]? { notes.withLock { $0.checkpoints.last } ?? test.checkpoint }

    func save(checkpoint: [UInt8]) async throws {
        try await confirmOwnership()
        notes.withLock { $0.checkpoints.append(checkpoint) }
    }

    func confirmOwnership() async throws { if test.isTakenAway { throw JobTakenAway() } }

    func enqueue(_ job: NewJob) async throws -> JobID { try await test.jobs.enqueue(job) }

    func pauseType() async throws -> Bool {
        try await confirmOwnership()
        return notes.withLock { notes in
            defer { notes.hasPausedType = true }
            return !notes.hasPausedType
        }
    }

    func add(_ jobs: [NewJob], to batch: BatchID) async throws -> [JobID] {
        try await confirmOwnership()
        var ids: [JobID] = []
        for var job in jobs {
            job.batch = batch
            ids.append(try await test.jobs.enqueue(job))
        }
        return ids
    }

    func enqueue(_ batch: JobBatch) async throws {
        try await confirmOwnership()
        try await test.jobs.enqueue(batch)
    }

    func progress(of batch: BatchID) async throws -> BatchProgress? {
        test.batchProgress[batch] ?? test.jobs.progress(of: batch)
    }

    func results(of batch: BatchID) async throws -> [JobID: JobResult] { test.batchResults }

    func cancel(_ batch: BatchID) async throws {
        try await confirmOwnership()
        notes.withLock { $0.cancelledBatches.append(batch) }
    }

    func isPending(_ job: JobID) async throws -> Bool {
        !test.endedJobs.contains(job) && !test.jobs.hasEnded(job)
    }

    func addKill(_ kill: @escaping @Sendable () -> Void) -> Int {
        let (name, isOver) = notes.withLock { notes in
            notes.registered += 1
            if notes.isOver { notes.called += 1 } else { notes.kills[notes.registered] = kill }
            return (notes.registered, notes.isOver)
        }
        if isOver { kill() }
        return name
    }

    func removeKill(_ name: Int) { notes.withLock { _ = $0.kills.removeValue(forKey: name) } }

    func killAll() {
        let kills = notes.withLock { notes in
            notes.isOver = true
            notes.called += notes.kills.count
            return notes.kills.values
        }
        for kill in kills { kill() }
    }

    func write(level: LogLevel, message: String, fields: [LogField]) {
        notes.withLock { $0.log.append(TestRun.LogLine(level: level, message: message, fields: fields)) }
    }

    func run(outcome: Outcome, error: (any Error)?, attempt: Int) -> TestRun {
        let notes = notes.withLock { $0 }
        return TestRun(
            id: id, type: type, attempt: attempt, outcome: outcome, error: error, progress: notes.progress,
            checkpoints: notes.checkpoints, log: notes.log, kills: (notes.registered, notes.called),
            hasPausedType: notes.hasPausedType, remaining: notes.remaining,
            cancelledBatches: notes.cancelledBatches)
    }
}
