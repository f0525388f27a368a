import Jobs
import Platform
import ProgramSupport
import TestSupport
import Testing

/// The functions are flushed, and replaced by older ones, while jobs are enqueued and run.
@Suite("R-29 functions lost", .inTurns(limit: .seconds(300)))
struct R29FunctionsLost {
    @Test func `brings lost and old functions back, and loses nothing`() async throws {
        try await run(.current).mustHold()
    }

    @Test func `without reload, they stay lost`() async throws {
        try await run(.short, without: .reload).mustFail(without: "reload", showing: "stayed so")
    }

    private func run(_ form: Form, without protection: Protection? = nil) async throws -> Verdict {
        var verdict = Verdict("R-29 functions lost")
        let setting = Stage.Setting(lease: .seconds(3))
        // Where workers may bring them.
        try await Stage.with(setting, isClosed: false, without: protection) { stage in
            let fleet = try await stage.supervise()
            let functions = try await stage.functions
            let rounds = form(short: 3, full: 20)
            let time = Duration.seconds(rounds * 2)
            // Their own retries would hide what workers do: these need no function to be enqueued.
            async let produced: Void = stage.produce(perSecond: 200, for: time, milliseconds: 20)
            var reloads: [Duration] = []
            for round in 0..<rounds {
                let isOld = round % 2 == 1
                if isOld {
                    try await stage.load(old: functions)
                } else {
                    _ = try await stage.redis.call("FUNCTION", "FLUSH")
                }
                let lost = MonotonicTime.now
                try? await eventually(within: .seconds(3), "the functions are back") {
                    let version = try await stage.functionsVersion
                    return version != nil && version != 0
                }
                reloads.append(MonotonicTime.now.since(lost))
                try await Task.sleep(for: .milliseconds(500))
            }
            await produced
            verdict.add("losses of functions", rounds)
            verdict.add("functions back after", reloads.max() ?? .zero, bar: .milliseconds(1100))
            verdict.expect(reloads.allSatisfy { $0 < .seconds(3) }, "lost or old functions stayed so")
            let checker = try await stage.check(&verdict, within: form(short: .seconds(6), full: .seconds(20)))
            let again = checker.effects.count { $0.value > 1 }
            verdict.expect(again == 0, "\(again) jobs that had ended ran again")
            try await stage.end(fleet, &verdict)
        }
        return verdict
    }
}

extension Stage {
    fileprivate func load(old functions: String) async throws {
        try await change(functions: functions) { source in
            source.replacing(/local VERSION = \d+/, with: "local VERSION = 0")
                .replacing(/local OLDEST = \d+/, with: "local OLDEST = 0")
        }
    }
}
