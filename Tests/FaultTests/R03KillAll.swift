import Glibc
import Jobs
import Platform
import ProgramSupport
import TestSupport
import Testing

/// The whole tree dies at once, again and again: what a machine that loses power does to its jobs. Only the leases bring
/// them back.
@Suite("R-03 kill-all", .inTurns(limit: .seconds(300)))
struct R03KillAll {
    @Test func `loses nothing when all processes are killed at once`() async throws {
        try await run(.current).mustHold()
    }

    @Test func `without rescue, jobs stay with the dead`() async throws {
        try await run(.short, without: .rescue).mustFail(without: "rescue", showing: "were not done")
    }

    @Test func `without an explicit outcome, jobs that were begun are lost`() async throws {
        try await run(.short, without: .explicitOutcome).mustFail(without: "an explicit outcome", showing: "are lost")
    }

    private func run(_ form: Form, without protection: Protection? = nil) async throws -> Verdict {
        var verdict = Verdict("R-03 kill-all", scaled: "a lease of 1 s of 15 s")
        let setting = Stage.Setting()
        let lengths = form(short: 20.0...300, full: 20...90)
        let rounds = form(short: 2, full: 50)
        try await Stage.with(setting, without: protection) { stage in
            var random = SeededGenerator(seed: 3)
            var deaths = Deaths()
            for round in 0..<rounds {
                await stage.enqueue(form(short: 150, full: 400), named: "r\(round)-") { _ in
                    .random(in: lengths, using: &random)
                }
                let supervisor = try await stage.supervise()
                // What the last round left is back after a lease and a tick.
                try await Task.sleep(for: setting.lease + .milliseconds(.random(in: 200...600, using: &random)))
                deaths.kill([supervisor.processID] + stage.workers(of: supervisor))
                _ = try await supervisor.exit()
            }
            let supervisor = try await stage.supervise()
            let checker = try await stage.check(&verdict, within: form(short: .seconds(5), full: .seconds(60)))
            try deaths.judge(&verdict, checker, bar: setting.lease + setting.tick * 2)
            try await stage.end(supervisor, &verdict)
        }
        return verdict
    }
}
