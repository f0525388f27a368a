import JobQueue
import Jobs
import Platform
import ProgramSupport
import TestSupport
import Testing

/// Jobs that take their worker down, among many that do not: each is parked after its third crash, alone.
@Suite("R-12 poison", .inTurns(limit: .seconds(300)))
struct R12Poison {
    private static let ways = ["trap", "overflow", "segfault", "exit", "kill"]

    @Test func `parks each poison after three crashes and no neighbour`() async throws {
        try await run(.current).mustHold()
    }

    @Test func `without the crash limit, poison is never parked`() async throws {
        try await run(.short, mutant: "a job that takes every worker down is rescued for ever").mustFail(
            without: "the crash limit", showing: "poisons were parked")
    }

    @Test func `without suspects running alone, neighbours are parked too`() async throws {
        try await run(.short, mutant: "suspects run beside others").mustFail(
            without: "suspects running alone", showing: "innocent neighbours")
    }

    private func run(_ form: Form, mutant: String? = nil) async throws -> Verdict {
        var verdict = Verdict("R-12 poison")
        let setting = Stage.Setting(processes: form(short: 2, full: 4))
        let (good, poison) = (form(short: 200, full: 10_000), form(short: 5, full: 50))
        let clean = form == .full ? try await time(of: good, setting) : nil
        try await Stage.with(setting) { stage in
            let supervisor = try await stage.supervise()
            try await stage.load(mutant: mutant)
            let begun = MonotonicTime.now
            for part in 0..<poison {
                await stage.enqueue(good / poison, named: "good\(part)-") { _ in 40 }
                await stage.enqueuePoison("poison\(part)", how: Self.ways[part % Self.ways.count])
            }
            try? await eventually(within: form(short: .seconds(15), full: .seconds(200)), "all poison parked") {
                try await stage.redis.call("ZCARD", "cw:{default}:dead").integer ?? 0 >= poison
            }
            let checker = try await stage.check(&verdict, within: form(short: .seconds(10), full: .seconds(60)))
            judge(&verdict, checker, poison: poison)
            if let clean { judgePace(&verdict, checker, clean, since: begun) }
            try await stage.end(supervisor, &verdict)
        }
        return verdict
    }

    private func judge(_ verdict: inout Verdict, _ checker: Checker, poison: Int) {
        let letters = checker.dump.letters
        let innocent = letters.filter { !$0.key.hasPrefix("poison") }
        verdict.add("poison parked", letters.count - innocent.count)
        verdict.expect(innocent.isEmpty, "\(innocent.count) innocent neighbours were parked: \(innocent.prefix(3))")
        let wrong = letters.filter { $0.reason != "crash" || $0.crashes != 3 }
        verdict.expect(wrong.isEmpty, "\(wrong.count) were not parked after exactly 3 crashes: \(wrong.prefix(3))")
        verdict.expect(letters.count >= poison, "\(letters.count) of \(poison) poisons were parked")
    }

    /// How long the good jobs take by themselves.
    private func time(of good: Int, _ setting: Stage.Setting) async throws -> Duration {
        var time = Duration.zero
        try await Stage.with(setting) { stage in
            _ = try await stage.supervise()
            let begun = MonotonicTime.now
            await stage.enqueue(good) { _ in 40 }
            guard try await stage.settle(within: .seconds(100)) else { throw TestFailure("a clean run got stuck") }
            time = MonotonicTime.now.since(begun)
        }
        return time
    }

    private func judgePace(_ verdict: inout Verdict, _ checker: Checker, _ clean: Duration, since begun: MonotonicTime)
    {
        let last = checker.executions.all.compactMap { $0.end?.time }.max() ?? begun
        verdict.add("good jobs' time, of a clean run's", last.since(begun) / clean, "times", bar: 1 / 0.6)
    }
}

extension Stage {
    func enqueuePoison(_ key: String, how: String) async {
        let job = NewJob(
            "diagnostics.crash", queue: .default, args: Array(#"{"how":"\#(how)","key":"\#(key)"}"#.utf8))
        let answers = await JobQueue(.default, client: redis).enqueue(contentsOf: [job])
        journal.note(key, Self.reading(answers[0]))
    }
}
