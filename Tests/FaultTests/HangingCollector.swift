import Foundation
import JobQueue
import Jobs
import Platform
import ProgramSupport
import TestSupport
import Testing

/// Every job is traced, and the collector of spans hangs, refuses or is away: jobs go on as if there were none.
@Suite("a collector of traces that takes nothing", .inTurns(limit: .seconds(300)))
struct HangingCollector {
    @Test func `jobs keep their rate`() async throws { try await run(.current).mustHold() }

    @Test func `whoever waits for room in the queue of spans holds jobs up`() async throws {
        try await run(.short, without: .droppedSpans).mustFail(without: "dropped spans", showing: "did not go on")
    }

    /// What it does, and how the collector of the tests is told to; nil: there is none.
    private static let faults: [(title: String, options: String?)] = [
        ("hangs", #"{"hang":true}"#), ("refuses", #"{"always":503}"#), ("is away", nil),
    ]

    private func run(_ form: Form, without protection: Protection? = nil) async throws -> Verdict {
        var verdict = Verdict("a collector that takes nothing")
        // More spans than the queue has room for: two for each job.
        let count = form(short: 3500, full: 10_000)
        let setting = Stage.Setting(processes: 1, slots: 20)
        try await Stage.with(setting, without: protection) { stage in
            let plain = try await stage.work()
            let free = try await stage.rate(of: count, named: "free-")
            try await stage.drain(plain, &verdict)
            verdict.add("jobs/s without", free.rounded())
            for (number, fault) in Self.faults.enumerated() {
                let endpoint = try await stage.collector(fault.options)
                let worker = try await stage.work(["OTEL_EXPORTER_OTLP_ENDPOINT": endpoint])
                let beside = try await stage.rate(of: count, named: "traced\(number)-")
                verdict.expect(beside > 0, "jobs did not go on while it \(fault.title)")
                verdict.add("while it \(fault.title)", beside.rounded())
                verdict.add("lost", max(0, 100 * (1 - beside / max(1, free))), "%", bar: 25)
                guard beside > 0 else {
                    worker.send(SIGKILL)
                    return
                }
                try await drain(worker, stage, &verdict)
            }
        }
        return verdict
    }

    /// The last spans have a second, and libcurl one to notice that it is over.
    private func drain(_ worker: Program, _ stage: Stage, _ verdict: inout Verdict) async throws {
        let told = MonotonicTime.now
        try await stage.drain(worker, &verdict)
        verdict.add("end after", MonotonicTime.now.since(told), bar: .seconds(4))
        let counters = try await CounterStore(client: stage.redis).counts()
        verdict.expect(counters[CounterName.spans("dropped"), default: 0] > 0, "nobody counted what was dropped")
        verdict.expect(worker.errors.text.contains("Spans were dropped"), "the log does not say it")
    }
}

extension Stage {
    /// Starts one that behaves so, where there is to be any.
    fileprivate func collector(_ options: String?) async throws -> String {
        // Nobody listens on port 1.
        guard let options else { return "http://127.0.0.1:1" }
        let program = try await site.start(
            program: Checkout.python, [Product.root + "/Tests/Tools/trace_receiver.py", options], input: .open,
            environment: [Site.dataVariable: "none of the fleet"])
        let line = try await program.output.first(containing: "port")
        let port = try JSONDecoder().decode([String: Int].self, from: Data(line.utf8))["port"] ?? 0
        return "http://127.0.0.1:\(port)"
    }
}
