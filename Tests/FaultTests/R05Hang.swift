import JobQueue
import Jobs
import Platform
import ProgramSupport
import TestSupport
import Testing

/// A handler that does not stop at its deadline ends its process, and that costs its neighbours nothing but time. A child
/// process that it waits for is ended first.
@Suite("R-05 hang", .inTurns(limit: .seconds(300)))
struct R05Hang {
    /// Of `diagnostics.hang`.
    private static let deadline = Duration.seconds(2)

    @Test(arguments: ["wait", "spin"])
    func `ends a worker whose handler ignores its deadline, and hands its neighbours back`(how: String) async throws {
        try await run(.current, how: how).mustHold()
    }

    @Test func `ends a child process whose job is past its deadline`() async throws {
        try await run(.current, how: "child").mustHold()
    }

    @Test func `without the limit for hangs, the handler keeps its slot`() async throws {
        try await run(.short, how: "wait", without: .hangLimit).mustFail(
            without: "the hang limit", showing: "still runs")
    }

    @Test func `without deadlines, a child process lives on`() async throws {
        try await run(.short, how: "child", without: .deadline).mustFail(without: "deadlines", showing: "still runs")
    }

    private func run(_ form: Form, how: String, without protection: Protection? = nil) async throws -> Verdict {
        var verdict = Verdict("R-05 handler that hangs (\(how))")
        let rounds = form(short: 1, full: 5)
        for round in 0..<rounds {
            try await Stage.with(Stage.Setting(processes: 1), without: protection) { stage in
                try await hang(how, stage, &verdict, isLast: round == rounds - 1)
            }
        }
        return verdict
    }

    private func hang(_ how: String, _ stage: Stage, _ verdict: inout Verdict, isLast: Bool) async throws {
        let fleet = try await stage.supervise()
        let worker = stage.workers(of: fleet)
        await stage.enqueue(5, named: "neighbour") { _ in 6000 }
        await stage.enqueueHang(how)
        try await eventually("all run") { stage.executions.all.count == 6 }
        if how == "child" { try await eventually("the child runs") { stage.workers(of: fleet).count > 1 } }
        let begun = MonotonicTime.now
        let doomed = Strangers(how == "child" ? stage.workers(of: fleet).filter { !worker.contains($0) } : worker)
        try? await eventually(within: Self.deadline * 3, "the end") { doomed.running == 0 }
        let end = MonotonicTime.now.since(begun)
        verdict.expect(doomed.running == 0, "what hung still runs after \(end)")
        if isLast { verdict.add("ended after", end, bar: Self.deadline + .milliseconds(2500)) }
        guard doomed.running == 0 else { return }
        try await judgeNeighbours(how, stage, &verdict)
    }

    private func judgeNeighbours(_ how: String, _ stage: Stage, _ verdict: inout Verdict) async throws {
        let runs = how == "child" ? 1 : 2
        try await eventually("the neighbours run (again)") {
            stage.executions.all.count { $0.key.hasPrefix("neighbour") } == 5 * runs
        }
        let leases = try await QueueDump(from: stage.redis).leases
        verdict.expect(leases.allSatisfy { $0.deliveries == 1 }, "neighbours count as crashed: \(leases)")
        let neighbours = stage.executions.all.filter { $0.key.hasPrefix("neighbour") }
        verdict.expect(neighbours.allSatisfy { $0.attempt == 1 }, "neighbours lost an attempt")
    }
}

extension Stage {
    fileprivate func enqueueHang(_ how: String) async {
        let job = NewJob(
            "diagnostics.hang", queue: .default, args: Array(#"{"how":"\#(how)","key":"hang"}"#.utf8))
        _ = await JobQueue(.default, client: redis).enqueue(contentsOf: [job])
    }
}
