import Foundation
import Jobs
import RedisClient
import TestSupport
import Testing

@testable import Audit

@Suite("An audited act", .timeLimit(.minutes(1)))
struct RecordTests {
    private struct Broken: Error {}

    @Test func `is in the trail before it is done, and again with its numbers`() async throws {
        try await withTrail { trail in
            let act = AuditAct(
                "dead.delete", AuditTarget("type a.b", jobs: (1...250).map { "emails:\($0)" }), by: TestTrail.ada,
                reason: "They were tests.")
            let note = AuditNote()
            let during = try await trail.trail.record(act, note: note) {
                note.count("deleted", 2)
                note.count("deleted", 3)
                note.add(job: "emails:new")
                return try await trail.trail.latest(AuditFilter(), limit: 10).map(\.entry)
            }
            #expect(during.map(\.phase) == [.begun] && during[0].reason == "They were tests.")
            #expect(during[0].jobs?.count == 100 && during[0].jobCount == 250 && during[0].target == "type a.b")
            let end = try #require(try await trail.trail.latest(AuditFilter(), limit: 1).first).entry
            #expect(end.phase == .done && end.began == 1 && end.number == 2 && end.counts == ["deleted": 5])
            #expect(end.jobs == ["emails:new"] && end.actor == TestTrail.ada)
        }
    }

    @Test func `that fails says so, and how far it came`() async throws {
        try await withTrail { trail in
            let note = AuditNote()
            await #expect(throws: Broken.self) {
                try await trail.trail.record(AuditAct("dead.delete", by: TestTrail.ada), note: note) {
                    note.count("deleted", 1)
                    throw Broken()
                }
            }
            let end = try #require(try await trail.trail.latest(AuditFilter(), limit: 1).first).entry
            #expect(end.phase == .failed && end.counts == ["deleted": 1])
        }
    }

    @Test func `is not done where it cannot be written down`() async throws {
        try await withPrivateRedis { redis in
            let client = redis.newClient { $0.commandTimeout = .milliseconds(300) }
            defer { client.close() }
            let trail = AuditTrail(client: client)
            try await trail.record(AuditAct("queue.pause", by: TestTrail.ada)) {}
            await redis.kill()
            var isDone = false
            await #expect(throws: AuditUnavailable.self) {
                try await trail.record(AuditAct("queue.pause", by: TestTrail.ada)) { isDone = true }
            }
            #expect(!isDone)
        }
    }

    @Test func `is done where only its end cannot be written down, and that is told`() async throws {
        try await withPrivateRedis { redis in
            let client = redis.newClient { $0.commandTimeout = .milliseconds(300) }
            defer { client.close() }
            var lost: (any Error)?
            let answer = try await AuditTrail(client: client).record(
                AuditAct("queue.pause", by: TestTrail.ada), endLost: { lost = $0 }
            ) {
                await redis.kill()
                return 4711
            }
            #expect(answer == 4711 && lost != nil)
        }
    }

    @Test func `can be found by time, action and actor`() async throws {
        try await withTrail { trail in
            let eve = Actor(.key, id: "key-1", name: "eve", address: "10.0.0.1")
            try await trail.act("queue.pause")
            try await trail.trail.record(AuditAct("dead.replay", by: eve)) {}
            try await trail.act("dead.delete")
            func numbers(_ change: (inout AuditFilter) -> Void, limit: Int = 50) async throws -> [Int] {
                var filter = AuditFilter()
                change(&filter)
                return try await trail.trail.latest(filter, limit: limit).map(\.entry.number)
            }
            #expect(try await numbers { _ in } == [6, 5, 4, 3, 2, 1])
            #expect(try await numbers({ _ in }, limit: 2) == [6, 5])
            #expect(try await numbers { $0.action = "dead" } == [6, 5, 4, 3])
            #expect(try await numbers { $0.action = "dead.replay" } == [4, 3])
            #expect(try await numbers { $0.actor = "key-1" } == [4, 3])
            #expect(try await numbers { $0.actor = "ada" } == [6, 5, 2, 1])
            let times = try await trail.trail.entries(from: 1).compactMap { $0.sealed?.milliseconds }
            #expect(try await numbers { $0.before = times[0] } == [])
            #expect(try await numbers { $0.after = times[0] } == [6, 5, 4, 3, 2, 1])
            #expect(try await numbers { $0.after = times[5] + 1 } == [])
            #expect(try await numbers { $0.before = times[5] + 1 } == [6, 5, 4, 3, 2, 1])
        }
    }

    @Test func `is never earlier than the one before it, though the clock was set back`() async throws {
        try await withTrail { trail in
            try await trail.act()
            let future = 4_000_000_000_000
            let hash = try #require(try await trail.trail.latest(AuditFilter(), limit: 1).first).hash
            try await trail.redis("SET", AuditTrail.headKey, "2 \(hash) \(future)")
            try await trail.act()
            let last = try #require(try await trail.trail.latest(AuditFilter(), limit: 1).first)
            #expect(last.milliseconds == future)
            #expect(try await trail.trail.verify().flaw == nil)
        }
    }
}
