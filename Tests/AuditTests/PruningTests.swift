import RedisClient
import TestSupport
import Testing

@testable import Audit

@Suite("An audit trail that is pruned", .timeLimit(.minutes(1)))
struct PruningTests {
    /// The time after all that was done.
    private func later(_ trail: TestTrail) async throws -> Int {
        (try await trail.trail.latest(AuditFilter(), limit: 1).first?.milliseconds ?? 0) + 1
    }

    private func prune(_ trail: TestTrail, before time: Int) async throws -> AuditTrail.Pruning {
        try await trail.trail.prune(before: time, by: TestTrail.ada, reason: "A year has passed.")
    }

    @Test func `verifies, and so does what was exported before`() async throws {
        try await withTrail { trail in
            for _ in 1...3 { try await trail.act() }
            var text = ""
            try await trail.trail.forEach(AuditFilter()) { text += $0.map { $0.line + "\n" }.joined() }
            let pruned = try await prune(trail, before: try await later(trail))
            #expect(pruned == AuditTrail.Pruning(entries: 6, through: 6))
            let verdict = try await trail.trail.verify()
            #expect(verdict.flaw == nil && verdict.first == 7 && verdict.last == 8)
            #expect(try await trail.trail.verify(AuditFile(Array(text.utf8))).isInTrail)
            let begun = try await trail.trail.entries(from: 7, limit: 1)[0].sealed?.entry
            #expect(begun?.action == "audit.prune" && begun?.pruned?.through == 6)
            #expect(begun?.reason == "A year has passed.")

            try await trail.act()
            let again = try await prune(trail, before: try await later(trail))
            #expect(again == AuditTrail.Pruning(entries: 4, through: 10))
            #expect(try await trail.trail.verify().flaw == nil)
            // Two prunings later the trail cannot vouch for the file any more; nor does it deny it.
            let file = try await trail.trail.verify(AuditFile(Array(text.utf8)))
            #expect(file.flaw == nil && !file.isInTrail)
        }
    }

    @Test func `verifies although the pruning died half-way`() async throws {
        try await withTrail { trail in
            for _ in 1...3 { try await trail.act() }
            _ = try await prune(trail, before: try await later(trail))
            let all = try await trail.trail.entries(from: 1)
            #expect(all.count == 2)
        }
        try await withTrail { trail in
            for _ in 1...3 { try await trail.act() }
            let fourth = try #require(try await trail.trail.entries(from: 4, limit: 1)[0].sealed)
            var act = AuditAct("audit.prune", by: TestTrail.ada)
            act.pruned = .init(through: 4, hash: fourth.hash)
            try await trail.trail.record(act) { try await trail.redis("XTRIM", AuditTrail.key, "MINID", "3-0") }
            #expect(try await trail.trail.verify().flaw == nil)
            try await trail.redis("XTRIM", AuditTrail.key, "MINID", "6-0")
            #expect(try await trail.trail.verify().flaw == .missing(5...5))
        }
    }

    @Test func `does not vouch for others than those it names`() async throws {
        try await withTrail { trail in
            for _ in 1...2 { try await trail.act() }
            var act = AuditAct("audit.prune", by: TestTrail.ada)
            act.pruned = .init(through: 2, hash: String(repeating: "a", count: 64))
            try await trail.trail.record(act) { try await trail.redis("XTRIM", AuditTrail.key, "MINID", "3-0") }
            #expect(try await trail.trail.verify().flaw == .wronglyPruned(through: 2))
        }
    }

    @Test func `must fit together: else the proof that it does not would go`() async throws {
        try await withTrail { trail in
            for _ in 1...3 { try await trail.act() }
            try await trail.redis("XDEL", AuditTrail.key, "2-0")
            let time = try await later(trail)
            await #expect(throws: AuditFlaw.missing(2...2)) { try await prune(trail, before: time) }
            #expect(try await trail.trail.entries(from: 1).count == 5)
        }
    }

    @Test func `and has nothing as old stays as it is`() async throws {
        try await withTrail { trail in
            #expect(try await prune(trail, before: 1_000_000_000_000).entries == 0)
            try await trail.act()
            #expect(try await prune(trail, before: 1_000_000_000_000).entries == 0)
            #expect(try await trail.trail.entries(from: 1).count == 2)
        }
    }
}
