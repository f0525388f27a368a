internal import JobQueue
internal import Jobs
internal import Logging
internal import Platform
internal import Synchronization

/// A job this worker holds, from its claim until Redis knows how it ended.
final class ActiveJob: RunningJob {
    /// Why a job should stop.
    enum Cancellation: UInt8, AtomicRepresentable {
        case none
        /// Its deadline passed: the attempt failed.
        case deadline
        /// The worker must end: the job is handed back.
        case drain
        /// Another worker has it: whatever it still does counts for nothing.
        case lost
    }

    let claim: JobClaimer.Claim
    let registered: RegisteredJob?
    let claimed: MonotonicTime
    private let host: any JobHost
    private let startedNanoseconds = Atomic<UInt64>(0)
    private let cancellationReason = Atomic<Cancellation>(.none)
    /// Where the worker keeps it; only the event loop touches this.
    nonisolated(unsafe) var place = 0

    init(_ claim: JobClaimer.Claim, registered: RegisteredJob?, host: any JobHost, claimed: MonotonicTime) {
        self.claim = claim
        self.registered = registered
        self.host = host
        self.claimed = claimed
    }

    var job: ClaimedJob { claim.job }

    var cancellation: Cancellation { cancellationReason.load(ordering: .relaxed) }

    /// The first reason stays, except that a lost job is lost whatever else was wrong with it.
    func cancel(_ reason: Cancellation) {
        if reason == .lost {
            cancellationReason.store(.lost, ordering: .relaxed)
        } else {
            _ = cancellationReason.compareExchange(expected: .none, desired: reason, ordering: .relaxed)
        }
    }

    /// Nil until a slot runs it.
    var started: MonotonicTime? {
        let nanoseconds = startedNanoseconds.load(ordering: .relaxed)
        return nanoseconds == 0 ? nil : MonotonicTime(nanoseconds: nanoseconds)
    }

    func start(at time: MonotonicTime) { startedNanoseconds.store(time.nanoseconds, ordering: .relaxed) }

    // MARK: RunningJob

    var id: JobID { host.id(of: self) }

    var type: JobType { registered?.type ?? "unknown.type" }

    var logger: Logger { host.logger.with(logFields) }

    var traceparent: String? { job.traceparent }

    func report(progress fraction: Double) async {
        guard job.isTracked else { return }
        await host.report(progress: fraction, of: self)
    }

    var logFields: [LogField] {
        [
            ("job_id", .string(id.description)), ("type", .string(String(decoding: job.type, as: UTF8.self))),
            ("attempt", .integer(job.attempt)), ("queue", .string(id.queue.name)),
        ]
    }
}

/// The worker as a job sees it.
protocol JobHost: AnyObject, Sendable {
    var logger: Logger { get }
    func id(of job: ActiveJob) -> JobID
    func report(progress fraction: Double, of job: ActiveJob) async
}
