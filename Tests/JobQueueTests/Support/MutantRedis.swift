import RedisClient
import TestSupport

private let gate = Gate(3)

/// Gives the body a server for functions that lack a protection. There are many such tests, and those that need a server of
/// their own for a moment are not to wait for all of them.
func withMutantRedis(_ body: (RedisClient) async throws -> Void) async throws {
    try await gate.pass {
        try await withPrivateRedis { redis in
            let client = redis.newClient()
            defer { client.close() }
            try await body(client)
        }
    }
}
