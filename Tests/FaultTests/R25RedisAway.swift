import Glibc
import Jobs
import LocalServers
import Platform
import ProgramSupport
import TestSupport
import Testing

/// Redis is away for long. Workers wait without using the machine, producers are told the truth, and all goes on when it
/// is back.
@Suite("R-25 Redis away", .inTurns(limit: .seconds(600)))
struct R25RedisAway {
    @Test func `workers wait quietly, and all is done when Redis is back`() async throws {
        try await run(.current).mustHold()
    }

    @Test func `without telling the end of a job again, it runs again`() async throws {
        try await run(.short, without: .recordAgain).mustFail(without: "a second last word", showing: "ran again")
    }

    private func run(_ form: Form, without protection: Protection? = nil) async throws -> Verdict {
        let away = Duration.seconds(form(short: 7, full: 300))
        // Longer than a call waits, so that last words must be said again.
        var verdict = Verdict("R-25 Redis away for \(away)")
        var options = LocalRedis.Options()
        options.fsync = "always"
        // One worker: nobody else may take what ended while Redis was away.
        try await Stage.with(Stage.Setting(processes: 1, slots: 8), redis: nil, without: protection) {
            [options] stage in
            var redis = try await stage.site.startRedis(options)
            let worker = try await stage.work()
            await stage.enqueue(form(short: 40, full: 2000)) { _ in 300 }
            try await eventually("jobs run") { !stage.executions.all.isEmpty }
            redis.send(signal: SIGKILL)
            _ = await redis.exit()
            async let produced: Void = stage.produce(perSecond: 50, for: away, milliseconds: 5)
            // What ran when Redis went has ended by now.
            try await Task.sleep(for: away / 4)
            let (ticks, memory) = (ProcessTable.ticks(of: worker.processID), ProcessTable.memory(of: worker.processID))
            try await Task.sleep(for: away / 2)
            let used = Double(ProcessTable.ticks(of: worker.processID) - ticks) / 100 / (away / 2).seconds
            let grown = ProcessTable.memory(of: worker.processID) - memory
            try await Task.sleep(for: away / 4)
            redis = try await stage.site.startRedis(options)
            let back = MonotonicTime.now
            await produced
            let checker = try await stage.check(&verdict, within: form(short: .seconds(20), full: .seconds(180)))
            verdict.add("worker's processor", (used * 1000).rounded() / 10, "%", bar: 5)
            verdict.add("its growth", (Double(grown) / 1e5).rounded() / 10, "MB", bar: 2)
            verdict.add("refused", stage.journal.keys(.refused).count)
            verdict.add("service back after", checker.waits(after: [back]).first ?? .seconds(99), bar: .seconds(3))
            verdict.add("drained after", MonotonicTime.now.since(back), bar: .seconds(180))
            let again = checker.effects.filter { $0.value > 1 }
            verdict.expect(again.isEmpty, "\(again.count) jobs that had ended ran again")
            try await stage.end(worker, &verdict)
        }
        return verdict
    }
}
