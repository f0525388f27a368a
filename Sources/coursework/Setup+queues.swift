import JobQueue
import Jobs
import RedisClient

extension Setup {
    /// Every queue that may have something in it: those of the configuration, and any that somebody made in Redis.
    func queues(in client: RedisClient) async throws -> [QueueName] {
        let others = try await RedisServer(client: client).queues().subtracting(configuration.queues)
        return configuration.queues + others.sorted { $0.name < $1.name }
    }
}
