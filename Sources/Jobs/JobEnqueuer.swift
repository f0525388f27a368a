/// Takes jobs to be done: queues in Redis, an outbox in the database, or the list of a test.
///
/// Code that enqueues asks for `some JobEnqueuer`, so that a test can look at what it enqueues. A handler's
/// ``JobContext`` is one.
public protocol JobEnqueuer: Sendable {
    /// Stores a job in the queue that it names; when this returns, it is kept.
    @discardableResult
    func enqueue(_ job: NewJob) async throws -> JobID
}

extension JobEnqueuer {
    /// Stores a job that is ready now, in its type's queue.
    @discardableResult
    public func enqueue(_ payload: some Job) async throws -> JobID { try await enqueue(NewJob(payload)) }
}
