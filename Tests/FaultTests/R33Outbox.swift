import Glibc
import JobQueue
import Jobs
import Platform
import ProgramSupport
import TestSupport
import Testing

/// Rows that are committed late or rolled back, relays that die between pushing and marking, a PostgreSQL that crashes and
/// a Redis that loses everything: each committed row becomes one job, and nothing else does.
@Suite("R-33 outbox", .inTurns(limit: .seconds(600)))
struct R33Outbox {
    @Test func `skips no row, moves none twice and invents none`() async throws {
        try await run(.current).mustHold()
    }

    @Test func `is quick`() async throws {
        try await lag(.current).mustHold()
    }

    @Test func `without claiming every unsent row, those committed late are lost`() async throws {
        // A relay that is started anew would begin with all rows: nobody dies here.
        try await run(.short, relays: 1, without: .outboxGaps).mustFail(
            without: "claims of every unsent row", showing: "are lost")
    }

    @Test func `without knowing jobs again, rows become two jobs`() async throws {
        try await run(.short, without: .outboxDuplicates).mustFail(
            without: "knowing jobs again", showing: "became several jobs")
    }

    @Test func `without the reconciler, what Redis lost is lost`() async throws {
        try await run(.short, without: .reconciler).mustFail(without: "the reconciler", showing: "are lost")
    }

    /// - Parameter count: how many relays; one by itself is not killed.
    private func run(
        _ form: Form, relays count: Int = 4, without protection: Protection? = nil
    ) async throws -> Verdict {
        var verdict = Verdict("R-33 outbox")
        try await Stage.with(Stage.Setting(slots: 50), postgres: true, without: protection) { stage in
            var relays: [Program] = []
            for _ in 0..<count { relays.append(try await stage.relay()) }
            let producer = try OutboxProducer(stage)
            if count > 1 { try await loseEverything(stage, producer, form) }
            let worker = try await stage.start("work")
            var random = SeededGenerator(seed: 33)
            async let produced: Void = producer.write(form(short: 200, full: 10_000))
            for round in 0..<(count == 1 ? 0 : form(short: 6, full: 40)) {
                try await Task.sleep(for: .milliseconds(.random(in: 50...300, using: &random)))
                if round % 5 == 2 { try await stage.restartPostgres() }
                relays[round % count].send(SIGKILL)
                _ = try await relays[round % count].exit()
                relays[round % count] = try await stage.relay()
            }
            await produced
            try await judge(&verdict, stage, form)
            try await end(relays + [worker], stage, &verdict)
        }
        return verdict
    }

    private func end(_ programs: [Program], _ stage: Stage, _ verdict: inout Verdict) async throws {
        for program in programs {
            let ended = try await program.end()
            verdict.expect(ended.exit == .code(0), "it ended with \(ended.exit): \(ended.errors.suffix(500))")
        }
        verdict.expect(stage.orphans.isEmpty, "processes are left: \(stage.orphans)")
    }

    /// Rows that were sent, and whose jobs nobody has run yet, when Redis loses all it has.
    private func loseEverything(_ stage: Stage, _ producer: OutboxProducer, _ form: Form) async throws {
        await producer.write(form(short: 40, full: 400))
        _ = try? await untilMoved(stage, within: .seconds(10))
        _ = try await stage.redis.call("FLUSHALL")
    }

    /// Waits until no row is unsent.
    private func untilMoved(_ stage: Stage, within limit: Duration) async throws {
        try await eventually(within: limit, "all rows are sent") {
            try await stage.sql("SELECT count(*) FROM coursework.outbox WHERE sent_at IS NULL") == "0\n"
        }
    }

    private func judge(_ verdict: inout Verdict, _ stage: Stage, _ form: Form) async throws {
        let limit = form(short: Duration.seconds(15), full: .seconds(120))
        // What is missing is told by the checker.
        _ = try? await eventually(within: limit, "all jobs are done") {
            try await stage.sql("SELECT count(*) FROM coursework.outbox WHERE ended_at IS NULL") == "0\n"
        }
        let checker = try await stage.check(&verdict, within: limit)
        let jobs = Dictionary(grouping: checker.executions.all, by: \.key).mapValues { Set($0.map(\.job)).count }
        let several = jobs.filter { $0.value > 1 }.keys.sorted()
        verdict.add("rolled back", stage.journal.keys(.refused).count)
        verdict.add("rows in several jobs", several.count, bar: 0)
        verdict.expect(several.isEmpty, "\(several.count) rows became several jobs: \(several.prefix(3))")
        let losses = Int(try await stage.sql("SELECT count(*) FROM coursework.outbox WHERE losses > 0").dropLast()) ?? 0
        verdict.add("enqueued again", losses)
    }

    /// From the COMMIT to the handler's first line, at 500 rows/s.
    private func lag(_ form: Form) async throws -> Verdict {
        var verdict = Verdict("R-33 outbox, lag")
        try await Stage.with(Stage.Setting(slots: 50), postgres: true) { stage in
            let relay = try await stage.relay()
            let worker = try await stage.work()
            let producer = try OutboxProducer(stage)
            await producer.write(rowsPerSecond: 500, for: form(short: .seconds(2), full: .seconds(20)))
            try await untilMoved(stage, within: .seconds(20))
            let checker = try await stage.check(&verdict, within: .seconds(20))
            let committed = producer.committed
            let lags = checker.executions.all.compactMap { run in committed[run.key].map { run.began.since($0) } }
                .sorted()
            verdict.expect(!lags.isEmpty, "no row was moved")
            if let last = lags.last {
                verdict.add("p50", lags[lags.count / 2])
                verdict.add("p99", lags[lags.count * 99 / 100], bar: .seconds(1))
                verdict.add("most", last)
            }
            try await end([relay, worker], stage, &verdict)
        }
        return verdict
    }
}
