/// Does the work of one kind of job.
///
/// A handler is shared by all slots of a worker, so it holds only what may be used from several tasks at once.
/// Throwing an error is `.retry`, unless the type's ``Job/outcome(for:attempt:)`` says otherwise: the job's
/// ``RetryPolicy`` decides when, and when it is dead. A call that blocks its
/// thread belongs on a `BlockingExecutor`, else it holds up the other jobs of the worker.
public protocol JobHandler<Payload>: Sendable {
    associatedtype Payload: Job

    /// May run more than once for the same job: delivery is at-least-once.
    func handle(_ job: Payload, context: JobContext) async throws -> Outcome

    /// What must allow a job to begin, where the configuration sets it and not the type (see ``LimitedJob``); nil, as by
    /// default, when there is no such thing.
    var limits: (@Sendable (Payload) -> [Limit])? { get }
}

extension JobHandler {
    public var limits: (@Sendable (Payload) -> [Limit])? { nil }
}
