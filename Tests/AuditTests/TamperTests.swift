import RedisClient
import TestSupport
import Testing

@testable import Audit

@Suite("An audit trail that somebody changed", .timeLimit(.minutes(1)))
struct TamperTests {
    /// What somebody does to a trail of six entries, and the first place where it is seen.
    struct Deed: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let flaw: AuditFlaw
        let run: @Sendable (TestTrail) async throws -> Void

        init(_ name: String, _ flaw: AuditFlaw, _ run: @escaping @Sendable (TestTrail) async throws -> Void) {
            (testDescription, self.flaw, self.run) = (name, flaw, run)
        }
    }

    static let deeds = [
        Deed("an entry is edited", .changed(number: 3)) {
            try await $0.replace(3) { ($0.text.replacing("ada", with: "eve"), $0.hash) }
        },
        Deed("an entry is edited, and its hash made anew", .unlinked(number: 4)) {
            try await $0.replace(3) {
                let text = $0.text.replacing("ada", with: "eve")
                return (text, SealedEntry.hash(of: text))
            }
        },
        Deed("the last entry is edited, and its hash made anew", .otherHead(number: 6)) {
            try await $0.replace(6) {
                let text = $0.text.replacing("ada", with: "eve")
                return (text, SealedEntry.hash(of: text))
            }
        },
        Deed("an entry is another's", .changed(number: 5)) { trail in
            let third = try await trail.trail.entries(from: 3, limit: 1)[0].sealed
            try await trail.replace(5) { _ in (third?.text ?? "", third?.hash ?? "") }
        },
        Deed("an entry is no entry", .unreadable(number: 2)) { try await $0.replace(2) { ("{}", $0.hash) } },
        Deed("an entry is taken out", .missing(4...4)) { try await $0.redis("XDEL", AuditTrail.key, "4-0") },
        Deed("the first entries are taken out", .missing(1...2)) {
            try await $0.redis("XTRIM", AuditTrail.key, "MINID", "3-0")
        },
        Deed("the last entries are taken out", .missing(5...6)) {
            try await $0.redis("XDEL", AuditTrail.key, "5-0", "6-0")
        },
        Deed("all entries are taken out", .missing(1...6)) { try await $0.redis("DEL", AuditTrail.key) },
        Deed("the head is taken away", .noHead) { try await $0.redis("DEL", AuditTrail.headKey) },
        Deed("the head is another one", .otherHead(number: 6)) {
            try await $0.redis("SET", AuditTrail.headKey, "6 \(String(repeating: "a", count: 64)) 1")
        },
        Deed("the last entry and the head are taken away, and work goes on", .missing(6...6)) {
            try await $0.redis("XDEL", AuditTrail.key, "6-0")
            try await $0.redis("DEL", AuditTrail.headKey)
            try await $0.act()
        },
        Deed("the head is taken away, and work goes on", .unlinked(number: 7)) {
            try await $0.redis("DEL", AuditTrail.headKey)
            try await $0.act()
        },
        Deed("an entry is earlier than the one before it", .earlier(number: 7)) { trail in
            _ = try await trail.trail.append { head, _ in
                AuditEntry(behind: head, "1970-01-01T00:00:00.001Z", TestTrail.ada, "queue.pause", .begun)
            }
        },
    ]

    @Test(arguments: deeds)
    func `is told from one that is whole`(deed: Deed) async throws {
        try await withTrail { trail in
            for _ in 1...3 { try await trail.act() }
            let before = try await trail.trail.verify()
            #expect(before.flaw == nil && before.entries == 6)
            try await deed.run(trail)
            let after = try await trail.trail.verify()
            #expect(after.flaw == deed.flaw)
        }
    }

    @Test func `and written anew as a whole is told by a hash that was kept elsewhere`() async throws {
        try await withTrail { trail in
            for _ in 1...3 { try await trail.act() }
            let kept = try await trail.trail.verify()
            try await trail.act()
            #expect(try await trail.trail.verify(knowing: [6: kept.hash ?? ""]).flaw == nil)
            try await trail.redis("DEL", AuditTrail.key, AuditTrail.headKey)
            for _ in 1...4 { try await trail.act("queue.resume") }
            #expect(try await trail.trail.verify().flaw == nil)
            #expect(try await trail.trail.verify(knowing: [6: kept.hash ?? ""]).flaw == .otherHead(number: 6))
            try await trail.redis("DEL", AuditTrail.key, AuditTrail.headKey)
            try await trail.act()
            #expect(try await trail.trail.verify(knowing: [6: kept.hash ?? ""]).flaw == .missing(3...6))
        }
    }

    @Test func `fits together from its first entry to its last, of many portions`() async throws {
        try await withTrail { trail in
            #expect(try await trail.trail.verify().entries == 0)
            for _ in 1...(AuditTrail.portion / 2 + 10) { try await trail.act() }
            let verdict = try await trail.trail.verify()
            #expect(verdict.flaw == nil && verdict.entries == AuditTrail.portion + 20)
            #expect(verdict.first == 1 && verdict.last == verdict.entries)
        }
    }
}
