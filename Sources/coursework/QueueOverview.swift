import JobQueue
import Jobs
import RedisClient

/// Asks Redis about a number of queues.
struct QueueOverview {
    let queues: [QueueName]
    let client: RedisClient

    func rows() async throws -> [(String, QueueReport)] {
        let paused = Set(try await client.call("SMEMBERS", "cw:paused").elements.compactMap(\.string))
        var rows: [(String, QueueReport)] = []
        for name in queues {
            let statistics = try await JobQueue(name, client: client).statistics()
            rows.append((name.name, QueueReport(statistics, paused: paused.contains(name.name))))
        }
        return rows
    }
}
