import RedisClient
import TestSupport

@testable import Audit

/// A trail in a database of its own, and those who write to it.
struct TestTrail {
    let client: RedisClient
    var trail: AuditTrail { AuditTrail(client: client) }

    static let ada = Actor(.shell, id: "1000", name: "ada", address: "desk")

    /// Each act has two entries.
    func act(_ action: String = "queue.pause", _ target: AuditTarget = AuditTarget("emails")) async throws {
        try await trail.record(AuditAct(action, target, by: Self.ada)) {}
    }

    /// What somebody does who may write to Redis.
    func redis(_ words: String...) async throws {
        var pipeline = RedisPipeline()
        pipeline.add(words)
        if let error = try await client.send(pipeline).firstError { throw error }
    }

    /// Puts another entry in place of one. A stream takes none in between, so all are written anew, as somebody would who
    /// wants to hide something.
    func replace(_ number: Int, _ change: (SealedEntry) -> (text: String, hash: String)) async throws {
        let all = try await trail.entries(from: 1).compactMap(\.sealed)
        try await redis("DEL", AuditTrail.key)
        for sealed in all {
            let (text, hash) = sealed.entry.number == number ? change(sealed) : (sealed.text, sealed.hash)
            try await redis("XADD", AuditTrail.key, "\(sealed.entry.number)-0", "entry", text, "hash", hash)
        }
    }
}

/// Gives the body an empty trail.
func withTrail(_ body: (TestTrail) async throws -> Void) async throws {
    try await withRedis { try await body(TestTrail(client: $0.client)) }
}
