import Jobs
import Platform
import ProgramSupport
import TestSupport
import Testing

/// Handlers that keep every thread busy do not cost a worker its leases.
@Suite("R-05 blocked loop", .inTurns(limit: .seconds(300)))
struct R05BlockedLoop {
    @Test func `a spinning handler keeps its lease`() async throws {
        try await run(.current).mustHold()
    }

    @Test func `without renewal, its job runs twice`() async throws {
        try await run(.short, without: .renewal).mustFail(without: "renewal", showing: "ran again")
    }

    private func run(_ form: Form, without protection: Protection? = nil) async throws -> Verdict {
        var verdict = Verdict("R-05 spinning handler", scaled: "20 of 100 jobs")
        let setting = Stage.Setting(lease: form(short: .milliseconds(600), full: .seconds(1)), slots: 1)
        try await Stage.with(setting, without: protection) { stage in
            let fleet = try await stage.supervise()
            let jobs = form(short: 1, full: 20)
            await stage.enqueue(jobs, more: #","spin":true"#) { _ in setting.lease.seconds * 3000 }
            let checker = try await stage.check(&verdict, within: form(short: .seconds(20), full: .seconds(90)))
            let concurrent = checker.concurrentRuns()
            verdict.expect(concurrent.isEmpty, "\(concurrent.count) jobs ran at two places at once")
            let again = checker.executions.all.count - jobs
            verdict.add("runs more than jobs", again, bar: 0)
            verdict.expect(again == 0, "\(again) jobs ran again though their workers lived")
            try await stage.end(fleet, &verdict)
        }
        return verdict
    }
}
