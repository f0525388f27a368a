public import Logging

/// What stands behind a ``JobContext``: the worker's view of a job, or a test's.
public protocol RunningJob: AnyObject, Sendable {
    var id: JobID { get }
    var type: JobType { get }
    var logger: Logger { get }
    var traceparent: String? { get }
    /// Nil when no schedule enqueued it.
    var scheduledForMilliseconds: Int? { get }
    var clock: any JobClock { get }
    /// Whether a person cancelled it.
    var isCancelledForGood: Bool { get }
    /// Whether its policy allows another attempt after this one.
    var mayRetry: Bool { get }
    /// Those of the process.
    var breakers: CircuitBreakers { get }
    /// JSON: what the job before it in its chain left; nil for none.
    var input: [UInt8]? { get }
    /// The batch of which it is a member.
    var batch: BatchID? { get }
    /// What a callback is told of its batch.
    var batchSummary: BatchSummary? { get }

    /// Adds members to a batch that has not ended.
    /// - Returns: the ids of the jobs that stand for them.
    func add(_ jobs: [NewJob], to batch: BatchID) async throws -> [JobID]
    /// Opens a batch, adds what is missing of its jobs, and closes it.
    func enqueue(_ batch: JobBatch) async throws
    /// Nil for a batch that nobody knows.
    func progress(of batch: BatchID) async throws -> BatchProgress?
    /// The results that members of a batch left, by the id of the job.
    func results(of batch: BatchID) async throws -> [JobID: JobResult]
    /// Cancels the members that have not ended.
    func cancel(_ batch: BatchID) async throws
    /// Whether a job waits or runs.
    func isPending(_ job: JobID) async throws -> Bool

    /// - Parameter remaining: nil when nobody knows.
    func report(progress fraction: Double, remaining: Duration?) async

    /// Nil when nothing was saved.
    func loadCheckpoint() async throws -> [UInt8]?
    /// - Throws: ``JobTakenAway``.
    func save(checkpoint: [UInt8]) async throws

    /// - Throws: ``JobTakenAway``.
    func confirmOwnership() async throws

    func enqueue(_ job: NewJob) async throws -> JobID

    /// - Returns: false when it was paused already.
    func pauseType() async throws -> Bool

    /// Has `kill` called when the job must not go on, until ``removeKill(_:)``; at once when that is so already.
    /// - Returns: what names it.
    func addKill(_ kill: @escaping @Sendable () -> Void) -> Int
    func removeKill(_ name: Int)
}
