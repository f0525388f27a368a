public import Logging

/// What stands behind a ``JobContext``: the worker's view of a job, or a test's.
public protocol RunningJob: AnyObject, Sendable {
    var id: JobID { get }
    var type: JobType { get }
    var logger: Logger { get }
    var traceparent: String? { get }
    var scheduledForMilliseconds: Int? { get }
    var clock: any JobClock { get }
    /// Those of the process.
    var breakers: CircuitBreakers { get }

    func report(progress fraction: Double) async

    /// Nil when nothing was saved.
    func loadCheckpoint() async throws -> [UInt8]?
    /// - Throws: ``JobTakenAway``.
    func save(checkpoint: [UInt8]) async throws

    /// - Throws: ``JobTakenAway``.
    func confirmOwnership() async throws

    func enqueue(_ job: NewJob) async throws -> JobID

    /// Has `kill` called when the job must not go on, until ``removeKill(_:)``; at once when that is so already.
    /// - Returns: what names it.
    func addKill(_ kill: @escaping @Sendable () -> Void) -> Int
    func removeKill(_ name: Int)
}

extension RunningJob {
    /// No schedule enqueued it.
    public var scheduledForMilliseconds: Int? { nil }
}
