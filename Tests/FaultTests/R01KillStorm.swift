import Jobs
import Platform
import ProgramSupport
import TestSupport
import Testing

/// Workers die one after the other while their supervisor lives, which sees each death and hands on the jobs: nobody
/// waits for a lease.
@Suite("R-01 kill-storm", .inTurns(limit: .seconds(300)))
struct R01KillStorm {
    @Test func `loses nothing when a worker is killed every half second`() async throws {
        try await run(.current).mustHold()
    }

    @Test func `without the hand-over, jobs wait for their lease`() async throws {
        try await run(.short, without: .handOver).mustFail(without: "the hand-over", showing: "waited for the lease")
    }

    @Test func `without an explicit outcome, jobs that were begun are lost`() async throws {
        try await run(.short, without: .explicitOutcome).mustFail(without: "an explicit outcome", showing: "are lost")
    }

    private func run(_ form: Form, without protection: Protection? = nil) async throws -> Verdict {
        var verdict = Verdict("R-01 kill-storm", scaled: "20,000 of 100,000 jobs")
        // Long enough that nobody can mistake a lease that ran out for a hand-over.
        let setting = Stage.Setting(lease: .seconds(6), processes: form(short: 2, full: 4))
        try await Stage.with(setting, without: protection) { stage in
            var random = SeededGenerator(seed: 1)
            let supervisor = try await stage.supervise()
            await stage.enqueue(form(short: 400, full: 20_000)) { _ in .random(in: 2...80, using: &random) }
            let deaths = try await storm(stage, supervisor, form, &random)
            let checker = try await stage.check(&verdict, within: form(short: .seconds(20), full: .seconds(60)))
            try deaths.judge(
                &verdict, checker, bar: .milliseconds(1500), longest: setting.lease + .seconds(3))
            judgeHandOver(&verdict, deaths.recoveries(in: checker.executions), setting.lease)
            try await stage.end(supervisor, &verdict)
        }
        return verdict
    }

    private func storm(
        _ stage: Stage, _ supervisor: Program, _ form: Form, _ random: inout SeededGenerator
    ) async throws -> Deaths {
        var deaths = Deaths()
        while try await stage.stored > 100 * stage.setting.processes, deaths.times.count < form(short: 4, full: 100) {
            try await Task.sleep(for: form(short: .milliseconds(250), full: .milliseconds(500)))
            if let worker = stage.workers(of: supervisor).randomElement(using: &random) { deaths.kill([worker]) }
        }
        return deaths
    }

    private func judgeHandOver(_ verdict: inout Verdict, _ recoveries: [Duration], _ lease: Duration) {
        // Renewed at most a fifth of a lease before its worker's death, a job left to its lease is back after four fifths.
        let late = recoveries.count { $0 > lease * 0.75 }
        verdict.expect(late * 20 <= recoveries.count, "\(late) of \(recoveries.count) jobs waited for the lease")
    }
}
