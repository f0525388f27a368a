public import JobQueue
public import Jobs
public import Logging
public import RedisClient

/// Has the jobs of a worker that was seen to end taken over at once, instead of when their leases run out.
public struct HandOver: Sendable {
    private let queues: [JobQueue]
    private let client: RedisClient
    private let logger: Logger

    public init(queues: [QueueName], client: RedisClient, logger: Logger) {
        self.queues = queues.map { JobQueue($0, client: client) }
        self.client = client
        self.logger = logger
    }

    /// Ends hand-overs under way.
    public func close() { client.close() }

    /// Hands back what a worker held that was ended from outside, through no fault of its jobs.
    public func handBack(of worker: WorkerID) async {
        for queue in queues { _ = try? await queue.leave(worker) }
        try? await WorkerRegistry(client: client).remove(worker)
    }

    /// Should Redis not answer, the leases run out.
    public func callAsFunction(from worker: WorkerID) async {
        var jobs = 0
        for queue in queues {
            do { jobs += try await queue.handOver(from: worker) } catch {
                logger.warning("The jobs of \(worker) wait for their leases to run out: \(error.message)")
            }
        }
        try? await WorkerRegistry(client: client).remove(worker)
        guard jobs > 0 else { return }
        logger.notice(
            "handed on the jobs of a worker that died",
            [("worker", .string(worker.description)), ("jobs", .integer(jobs))])
    }
}
