import RedisClient
import TestSupport

/// Runs the body for every number below `count`, some at once, each lane with a database of its own.
func inLanes(
    _ lanes: UInt64, upTo count: UInt64, _ body: @escaping @Sendable (UInt64, RedisClient) async throws -> Void
) async throws {
    try await withThrowingTaskGroup { group in
        for lane in 0..<lanes {
            group.addTask {
                try await withRedis { redis in
                    for number in stride(from: lane, to: count, by: Int(lanes)) where !Task.isCancelled {
                        try await body(number, redis.client)
                    }
                }
            }
        }
        try await group.waitForAll()
    }
}
