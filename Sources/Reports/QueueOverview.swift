package import JobQueue
package import Jobs
package import RedisClient

/// Asks Redis about a number of queues.
package struct QueueOverview: Sendable {
    private let queues: [QueueName]
    private let client: RedisClient

    package init(queues: [QueueName], client: RedisClient) { (self.queues, self.client) = (queues, client) }

    /// In the order of the queues.
    /// - Throws: `RedisError`, ``SpoiledKeys``.
    package func rows() async throws -> [(String, QueueReport)] {
        var rows: [(String, QueueReport)] = []
        for name in queues { rows.append((name.name, QueueReport(try await statistics(of: name)))) }
        return rows
    }

    /// - Throws: `RedisError`, ``SpoiledKeys``.
    package func statistics(of queue: QueueName) async throws -> QueueStatistics {
        let queue = JobQueue(queue, client: client)
        do {
            return try await queue.statistics()
        } catch  where error.code == .wrongType {
            if let spoiled = SpoiledKeys(try await queue.spoiledKeys()) { throw spoiled }
            throw error
        }
    }
}
