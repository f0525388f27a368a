import JobQueue
import Jobs
import RedisClient

/// Asks Redis about a number of queues.
struct QueueOverview {
    let queues: [QueueName]
    let client: RedisClient

    func rows() async throws -> [(String, QueueReport)] {
        var rows: [(String, QueueReport)] = []
        for name in queues { rows.append((name.name, QueueReport(try await statistics(of: name)))) }
        return rows
    }

    private func statistics(of queue: QueueName) async throws -> QueueStatistics {
        let queue = JobQueue(queue, client: client)
        do {
            return try await queue.statistics()
        } catch  where error.code == .wrongType {
            try await refuseSpoiledKeys(of: queue)
            throw error
        }
    }

    private func refuseSpoiledKeys(of queue: JobQueue) async throws {
        let spoiled = try await queue.spoiledKeys()
        guard spoiled.isEmpty else { throw CommandFailure(.failed, SpoiledKeys.sentence(spoiled)) }
    }
}
