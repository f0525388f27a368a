import Mutants
import Platform
import RedisClient
import TestSupport
import Testing

@testable import Audit

@Suite("Many who write one audit trail", .timeLimit(.minutes(2)))
struct RaceTests {
    private static let writers = 8
    private static let acts = 25

    /// Each over a connection of its own, as processes have.
    private func race(_ newClient: @escaping @Sendable () -> RedisClient) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 1...Self.writers {
                group.addTask {
                    let client = newClient()
                    defer { client.close() }
                    let actor = Actor(.key, id: "\(writer)", name: "writer", address: "")
                    for _ in 1...Self.acts {
                        try await AuditTrail(client: client).record(AuditAct("queue.pause", by: actor)) {}
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func `lose nothing, and leave one chain`() async throws {
        try await withRedis { redis in
            try await race { redis.newClient() }
            let trail = AuditTrail(client: redis.client)
            let verdict = try await trail.verify()
            #expect(verdict.flaw == nil && verdict.entries == 2 * Self.writers * Self.acts)
            for writer in 1...Self.writers {
                var filter = AuditFilter()
                filter.actor = "\(writer)"
                #expect(try await trail.latest(filter, limit: 1000).count == 2 * Self.acts)
            }
        }
    }

    @Test(arguments: Mutant.audit)
    func `are noticed to break it without a protection`(mutant: Mutant) async throws {
        try await withPrivateRedis { redis in
            let client = redis.newClient()
            defer { client.close() }
            try await mutant.load(through: client)
            #expect(await !isWhole(redis, client))
        }
    }

    /// Whether all that the tests here want of the functions holds.
    private func isWhole(_ redis: PrivateRedis, _ client: RedisClient) async -> Bool {
        let trail = TestTrail(client: client)
        do {
            try await race { redis.newClient() }
            guard try await trail.trail.verify().flaw == nil else { return false }
            // Whoever takes the head away stops nobody's work.
            try await trail.redis("DEL", AuditTrail.headKey)
            try await trail.act()
            return true
        } catch {
            return false
        }
    }
}
