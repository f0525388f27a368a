public import Jobs
public import RedisClient

/// Enqueues jobs in Redis, each in the queue that it names.
public struct RedisEnqueuer: JobEnqueuer {
    private let client: RedisClient

    public init(client: RedisClient) { self.client = client }

    /// - Throws: `RedisError`, as ``JobQueue/enqueue(_:)``.
    @discardableResult
    public func enqueue(_ job: NewJob) async throws -> JobID {
        try await JobQueue(job.queue, client: client).enqueue(job)
    }
}
