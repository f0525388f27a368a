import Glibc
import Jobs
import Platform
import ProgramSupport
import TestSupport
import Testing

/// The supervisor dies with jobs in flight: its workers drain and end by themselves, and a new fleet goes on.
@Suite("R-02 kill-supervisor", .inTurns(limit: .seconds(300)))
struct R02KillSupervisor {
    @Test func `loses nothing and leaves nobody behind when the supervisor is killed`() async throws {
        try await run(.current).mustHold()
    }

    @Test func `without the watch of the parent, workers outlive their supervisor`() async throws {
        try await run(.short, without: .parentWatch).mustFail(without: "the parent watch", showing: "outlived")
    }

    private func run(_ form: Form, without protection: Protection? = nil) async throws -> Verdict {
        var verdict = Verdict("R-02 kill-supervisor")
        let setting = Stage.Setting(drain: .seconds(1))
        try await Stage.with(setting, without: protection) { stage in
            var random = SeededGenerator(seed: 2)
            // Longer than the drain: these are handed back.
            await stage.enqueue(4, named: "long") { _ in 1500 }
            await stage.enqueue(form(short: 200, full: 5000)) { _ in .random(in: 2...80, using: &random) }
            var supervisor = try await stage.supervise()
            var starts: [Duration] = []
            var ends: [Duration] = []
            for _ in 0..<form(short: 1, full: 5) {
                try await Task.sleep(for: .milliseconds(.random(in: 200...500, using: &random)))
                let workers = Strangers(stage.workers(of: supervisor))
                let killed = MonotonicTime.now
                supervisor.send(SIGKILL)
                supervisor = try await stage.supervise()
                starts.append(MonotonicTime.now.since(killed))
                let limit = setting.drain + .seconds(2)
                try? await eventually(within: limit * 2, "the end of the workers") { workers.running == 0 }
                ends.append(MonotonicTime.now.since(killed))
                verdict.expect(workers.running == 0, "\(workers.running) workers outlived their supervisor")
            }
            verdict.add("supervisors killed", starts.count)
            verdict.add("new fleet after", starts.max() ?? .zero, bar: .seconds(5))
            verdict.add("old fleet gone after", ends.max() ?? .zero, bar: setting.drain + .seconds(2))
            let checker = try await stage.check(&verdict, within: form(short: .seconds(15), full: .seconds(60)))
            let burnt = checker.executions.all.count { $0.attempt > 1 }
            verdict.expect(burnt == 0, "\(burnt) attempts were burnt")
            verdict.expect(checker.dead.isEmpty, "\(checker.dead.count) jobs were parked")
            try await stage.end(supervisor, &verdict)
        }
        return verdict
    }
}
