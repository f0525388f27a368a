import Foundation
import TestSupport
import Testing

@testable import Audit

@Suite("An exported audit trail", .timeLimit(.minutes(1)))
struct FileTests {
    private func export(_ trail: TestTrail, _ change: (inout AuditFilter) -> Void = { _ in }) async throws -> String {
        var (filter, text) = (AuditFilter(), "")
        change(&filter)
        try await trail.trail.forEach(filter) { text += $0.map { $0.line + "\n" }.joined() }
        return text
    }

    private func verdict(_ text: String, _ trail: TestTrail) async throws -> AuditVerdict {
        try await trail.trail.verify(AuditFile(Array(text.utf8)))
    }

    @Test func `fits together, and is what the trail has`() async throws {
        try await withTrail { trail in
            for _ in 1...3 { try await trail.act() }
            let text = try await export(trail)
            try await trail.act()
            let verdict = try await verdict(text, trail)
            #expect(verdict.flaw == nil && verdict.entries == 6 && verdict.isInTrail)
        }
    }

    /// Lines are what other languages verify: the member `hash` is that of the line without it.
    @Test func `is JSON whose hashes another program can make`() async throws {
        try await withTrail { trail in
            for _ in 1...2 { try await trail.act() }
            let program = """
                import hashlib, json, sys
                previous = "0" * 64
                for line in sys.stdin:
                    entry = json.loads(line)
                    text = line.rstrip("\\n").replace(',"hash":"%s"' % entry["hash"], "")
                    assert entry["previous"] == previous
                    previous = hashlib.sha256(text.encode()).hexdigest()
                    assert previous == entry["hash"]
                print("fits")
                """
            let output = try await Tool.python.run("-c", program, input: Array(try await export(trail).utf8))
            #expect(output == Array("fits\n".utf8))
        }
    }

    @Test func `is told from one that was edited, cut or exchanged`() async throws {
        try await withTrail { trail in
            for _ in 1...3 { try await trail.act() }
            let text = try await export(trail)
            let lines = text.split(separator: "\n").map(String.init)
            #expect(
                try await verdict(text.replacing("\"emails\"", with: "\"other\""), trail).flaw == .changed(number: 1))
            #expect(
                try await verdict((lines[..<2] + lines[3...]).joined(separator: "\n"), trail).flaw == .missing(3...3))
            #expect(try await verdict(lines.reversed().joined(separator: "\n"), trail).flaw == .changed(number: 5))
            #expect(try await verdict(lines[0] + "\nnonsense", trail).flaw == .unreadable(number: 2))
            // A part is as good as the whole.
            #expect(try await verdict(lines[2...3].joined(separator: "\n"), trail).isInTrail)
            try await trail.redis("DEL", AuditTrail.key, AuditTrail.headKey)
            try await trail.act("queue.resume")
            #expect(try await verdict(text, trail).flaw == .missing(3...6))
            for _ in 1...3 { try await trail.act("queue.resume") }
            #expect(try await verdict(text, trail).flaw == .otherTrail(number: 6))
        }
    }

    @Test func `has the entries of a time`() async throws {
        try await withTrail { trail in
            for _ in 1...3 { try await trail.act() }
            let times = try await trail.trail.entries(from: 1).compactMap { $0.sealed?.milliseconds }
            #expect(try await export(trail) { $0.before = times[0] } == "")
            let all = try await export(trail) { $0.after = times[0] }
            #expect(all == (try await export(trail)))
        }
    }
}
