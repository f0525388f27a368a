import Foundation
import Platform
import ProgramSupport
import TestSupport
import Testing

/// Commands that change something are killed at any moment: whatever they changed is in the audit trail, with who did it.
@Suite("S-12 audit", .inTurns(limit: .seconds(200)))
struct S12Audit {
    @Test func `whatever was changed is in the trail, whoever is killed`() async throws {
        try await run(.current).mustHold()
    }

    @Test func `with the entry behind the act, what was changed is in no entry`() async throws {
        try await run(.short, without: .auditFirst).mustFail(
            without: "the entry before the act", showing: "deleted, and no entry says by whom")
    }

    private static let configuration =
        #"{ queues: ["default"], pools: { main: { queues: ["default"] } } }"#

    private func run(_ form: Form, without protection: Protection? = nil) async throws -> Verdict {
        var verdict = Verdict("S-12 audit")
        let kills = form(short: 12, full: 300)
        try await Site.with(Self.configuration) { site in
            let environment = protection.map { ["COURSEWORK_WITHOUT": $0.rawValue] } ?? [:]
            for round in 1...form(short: 2, full: 20) {
                try await site.killDeletion(environment)
                let entries = try await site.entries("begun", of: "dead.delete")
                verdict.expect(entries >= round, "letters were deleted, and no entry says by whom")
            }
            let whole = try await ContinuousClock().measure { _ = try await site.run("pause", "default") }
            var changed = 0
            for _ in 1...kills {
                let before = try await site.entries("begun", of: "queue.pause")
                guard try await site.killPause(environment, whole) else { continue }
                changed += 1
                let entries = try await site.entries("begun", of: "queue.pause")
                verdict.expect(entries > before, "the queue was paused, and no entry says by whom")
            }
            verdict.add("kills", kills + form(short: 2, full: 20))
            verdict.add("pauses that came through", changed)
            let verified = try await site.run("audit", "verify")
            verdict.expect(verified.exit == .code(0), "the trail does not fit together: \(verified)")
        }
        return verdict
    }
}

extension Site {
    /// Deletes letters, and is killed in the middle of it.
    fileprivate func killDeletion(_ environment: [String: String]) async throws {
        let letters = (1...60).map { #"{"id":"default:k\#($0)","buried":1795279200000,"fields":{"type":"a.b"}}"# }
        _ = try await run("dead", "import", try write(letters.joined(separator: "\n").utf8, to: "letters.jsonl"))
        let command = try await start(
            program: Product.command, ["dead", "delete", "--all", "--yes", "--rate", "20/s"], environment: environment)
        try await eventually("some letters are deleted") {
            let left = try await redis("ZCARD", "cw:{default}:dead")
            return Int(left).map { $0 < 60 } ?? false
        }
        #expect(command.isRunning)
        command.send(SIGKILL)
        _ = try await command.exit()
    }

    /// Pauses the queue, and is killed at any moment of the time that this took another one.
    /// - Returns: whether it had been paused.
    fileprivate func killPause(_ environment: [String: String], _ whole: Duration) async throws -> Bool {
        try await redis("DEL", "cw:{default}:paused")
        let command = try await start(program: Product.command, ["pause", "default"], environment: environment)
        try await Task.sleep(for: whole * Double.random(in: 0.4...1.1))
        command.send(SIGKILL)
        _ = try await command.exit()
        return try await redis("EXISTS", "cw:{default}:paused") == "1"
    }

    /// How many entries of the trail say so.
    fileprivate func entries(_ phase: String, of action: String) async throws -> Int {
        let exported = try await run("audit", "export")
        return exported.output.split(separator: "\n").count {
            $0.contains(#""action":"\#(action)""#) && $0.contains(#""phase":"\#(phase)""#)
        }
    }
}
