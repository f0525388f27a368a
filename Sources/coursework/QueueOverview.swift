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
        do throws(RedisError) {
            return try await JobQueue(queue, client: client).statistics()
        } catch {
            guard error.code == .wrongType else { throw error }
            throw CommandFailure(
                .failed, "The key \(QueueKeys(queue).stream) holds something that is no queue: rename or delete it.")
        }
    }
}
