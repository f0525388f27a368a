import Glibc
import JobQueue
import Jobs
import Platform
import ProgramSupport
import TestSupport
import Testing

/// Deploys: workers are told to end while they run jobs of every length. What fits into the drain is finished, the rest
/// is handed back, and no attempt is burnt.
@Suite("R-14 drain", .inTurns(limit: .seconds(300)))
struct R14Drain {
    @Test(arguments: [1, 5], ["work", "supervise"])
    func `hands back what cannot be finished, and holds nothing after it`(signals: Int, command: String) async throws {
        try await run(.current, command, signals: signals).mustHold()
    }

    @Test func `without release, jobs stay with a worker that is gone`() async throws {
        try await run(.short, "work", signals: 1, without: .release).mustFail(
            without: "release", showing: "are held after the exit")
    }

    @Test func `a job longer than any deploy's pause ends, from checkpoint to checkpoint`() async throws {
        try await deploy(.current).mustHold()
    }

    /// A new fleet again and again, while one job needs longer than any of them lives.
    private func deploy(_ form: Form) async throws -> Verdict {
        var verdict = Verdict("R-14 deploy loop", scaled: "a deploy every 5 s for 1 min, not every 30 s for 20 min")
        let setting = Stage.Setting(lease: .seconds(20), processes: 1, drain: .milliseconds(500))
        try await Stage.with(setting) { stage in
            let steps = form(short: 40, full: 600)
            await stage.enqueueSteps(steps, milliseconds: 100)
            var deploys = 0
            while try await stage.stored > 0, deploys < steps {
                let fleet = try await stage.supervise()
                try await Task.sleep(for: form(short: .seconds(1), full: .seconds(5)))
                _ = try await drain(fleet, 1, stage, &verdict)
                deploys += 1
            }
            let runs = stage.executions.all
            verdict.add("deploys", deploys)
            verdict.add("steps", steps)
            verdict.expect(runs.count { $0.end?.how == .ended } == 1, "the long job never ended")
            verdict.expect(runs.count > 1, "it ended within one deploy: the test was too gentle")
            verdict.expect(runs.allSatisfy { $0.attempt == 1 }, "a deploy burnt an attempt")
            // At most one step of each run is done again.
            verdict.expect(
                deploys <= steps / form(short: 7, full: 40),
                "\(deploys) deploys for \(steps) steps: some were done again")
        }
        return verdict
    }

    private func run(_ form: Form, _ command: String, signals: Int, without protection: Protection? = nil) async throws
        -> Verdict
    {
        var verdict = Verdict("R-14 drain of \(command) by SIGTERM × \(signals)")
        // Nobody waits for this lease: what comes back in time was handed back.
        let setting = Stage.Setting(lease: .seconds(20), drain: .seconds(1))
        try await Stage.with(setting, without: protection) { stage in
            let lengths: [Double] = [20, 100, 500, 60_000]
            await stage.enqueue(3, named: "endless") { _ in 60_000 }
            await stage.enqueue(form(short: 200, full: 2000)) { index in index % 100 == 99 ? 1500 : lengths[index % 3] }
            var reclaims: [Duration] = []
            var ends: [Duration] = []
            for _ in 0..<form(short: 2, full: 6) {
                let fleet = try await command == "work" ? stage.work() : stage.supervise()
                try await Task.sleep(for: .milliseconds(600))
                let end = try await drain(fleet, signals, stage, &verdict)
                ends.append(end.time)
                reclaims += try await stage.reclaims(of: end.handedBack, since: end.over)
            }
            verdict.add("drains", ends.count)
            verdict.add("longest drain", ends.max() ?? .zero, bar: setting.drain + .seconds(2))
            verdict.add("jobs handed back", reclaims.count)
            guard !reclaims.isEmpty else { throw TestFailure("No job was handed back: the test was too gentle.") }
            verdict.add("taken again after", reclaims.max() ?? .zero, bar: .seconds(1))
            let burnt = stage.executions.all.count { $0.attempt > 1 }
            verdict.expect(burnt == 0, "\(burnt) attempts were burnt")
        }
        return verdict
    }

    private struct End {
        let time: Duration
        let over: MonotonicTime
        let handedBack: Set<String>
    }

    private func drain(_ fleet: Program, _ signals: Int, _ stage: Stage, _ verdict: inout Verdict) async throws -> End {
        let told = MonotonicTime.now
        for _ in 0..<signals {
            fleet.send(SIGTERM)
            try await Task.sleep(for: .milliseconds(20))
        }
        let exit = try await fleet.exit()
        let over = MonotonicTime.now
        verdict.expect(exit == .code(0), "it ended with \(exit)")
        try await stage.checkNothingHeld(&verdict)
        verdict.expect(stage.orphans.isEmpty, "processes outlived their supervisor: \(stage.orphans)")
        let deliveries = try await QueueDump(from: stage.redis).leases.filter { $0.deliveries > 0 }
        verdict.expect(
            deliveries.isEmpty, "\(deliveries.count) interruptions count as crashes: \(deliveries.prefix(3))")
        // Between the signal and a supervisor's word to its workers, claims are still right.
        let late = stage.executions.all.filter { told + .milliseconds(300) < $0.began && $0.began < over }
        verdict.expect(late.isEmpty, "\(late.count) jobs were begun after SIGTERM")
        let cancelled = stage.executions.all.filter { told < ($0.end?.how == .cancelled ? $0.end!.time : told) }
        return End(time: over.since(told), over: over, handedBack: Set(cancelled.map(\.key)))
    }
}

extension Stage {
    /// Starts a worker with room for all, and measures until it has begun each of the jobs.
    fileprivate func reclaims(of keys: Set<String>, since over: MonotonicTime) async throws -> [Duration] {
        guard !keys.isEmpty else { return [] }
        let worker = try await work(slots: 200)
        let ready = MonotonicTime.now
        var begun: [String: MonotonicTime] = [:]
        try? await eventually(within: .seconds(5), "the jobs that were handed back") {
            for run in executions.all where run.began > over && keys.contains(run.key) { begun[run.key] = run.began }
            return begun.count == keys.count
        }
        worker.send(SIGTERM)
        _ = try await worker.errors.first(containing: "draining")
        _ = try await worker.end()
        return begun.values.map { $0.since(ready) } + Array(repeating: .seconds(5), count: keys.count - begun.count)
    }

    fileprivate func enqueueSteps(_ steps: Int, milliseconds: Double) async {
        let args = #"{"key":"steps","steps":\#(steps),"milliseconds":\#(milliseconds)}"#
        let job = NewJob("diagnostics.steps", queue: .default, args: Array(args.utf8))
        let answers = await JobQueue(.default, client: redis).enqueue(contentsOf: [job])
        journal.note("steps", Self.reading(answers[0]))
    }
}
