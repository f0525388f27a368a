public import Logging

/// What a handler knows of the job it runs, and what it may say while it runs.
///
/// Cancellation is Swift's own: the task is cancelled when the deadline passes, when the job is taken away, or when the
/// worker must stop. `try Task.checkCancellation()` and every cancellable call see it.
public struct JobContext: Sendable {
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

    public var isCancelled: Bool { Task.isCancelled }

    /// Says how far the job is, for those who track it. Costs nothing when the job is not tracked.
    /// - Parameter fraction: 0 to 1; values outside are clamped.
    public func report(progress fraction: Double) async {
        await running.report(progress: fraction.isNaN ? 0 : min(1, max(0, fraction)))
    }
}
