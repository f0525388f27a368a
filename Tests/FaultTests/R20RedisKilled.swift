import Glibc
import Jobs
import LocalServers
import Platform
import ProgramSupport
import TestSupport
import Testing

/// Redis is killed again and again while jobs are enqueued and run, and comes back on what it had on disk.
@Suite("R-20, R-21 Redis killed", .inTurns(limit: .seconds(300)))
struct R20RedisKilled {
    /// With `everysec`, what was acknowledged while the disk hung may be lost, up to two seconds of it.
    @Test(arguments: ["always", "everysec"])
    func `loses nothing that was acknowledged`(fsync: String) async throws {
        try await run(.current, fsync: fsync).mustHold()
    }

    @Test func `without an append-only file, jobs are lost`() async throws {
        try await run(.short, fsync: nil).mustFail(without: "an append-only file", showing: "are lost")
    }

    private func run(_ form: Form, fsync: String?) async throws -> Verdict {
        var verdict = Verdict(
            "\(fsync == "always" ? "R-20" : "R-21") Redis killed, appendfsync \(fsync ?? "nothing")",
            scaled: "1,000 jobs/s of 2,000, 15 of 30 kills")
        // Redis is back long before a lease is over, so no job has a reason to run twice.
        let setting = Stage.Setting(lease: .seconds(5))
        var options = LocalRedis.Options()
        options.fsync = fsync
        // Without a file the functions are lost, too: workers may bring them where Redis is open.
        try await Stage.with(setting, redis: nil, isClosed: fsync != nil) { [options] stage in
            var redis = try await stage.site.startRedis(options)
            let fleet = try await stage.supervise()
            let (kills, pause) = (form(short: 2, full: 15), Duration.seconds(form(short: 1, full: 3)))
            var backs: [MonotonicTime] = []
            let rate = form(short: 200, full: 1000)
            async let produced: Void = stage.produce(
                perSecond: rate, for: pause * kills + .seconds(1),
                milliseconds: form(short: 100, full: 18))
            for _ in 0..<kills {
                try await Task.sleep(for: pause)
                redis.send(signal: SIGKILL)
                _ = await redis.exit()
                redis = try await stage.site.startRedis(options)
                backs.append(.now)
            }
            await produced
            let checker = try await stage.check(
                &verdict, within: form(short: .seconds(30), full: .seconds(100)),
                window: fsync == "everysec" ? 2 * rate : 0)
            verdict.add("kills of Redis", kills)
            verdict.add("refused", stage.journal.keys(.refused).count)
            verdict.add("unknown", checker.unknown.count)
            verdict.add("of these stored", checker.recovered.count)
            verdict.add("ran twice", checker.effects.count { $0.value > 1 })
            verdict.add("service back after", checker.waits(after: backs).max() ?? .zero, bar: .seconds(3))
            try await stage.end(fleet, &verdict)
        }
        return verdict
    }
}

extension Checker {
    /// For each of the moments, how long until the next job began.
    func waits(after moments: [MonotonicTime]) -> [Duration] {
        let beginnings = executions.all.map(\.began).sorted()
        return moments.compactMap { moment in beginnings.first { $0 > moment }?.since(moment) }
    }
}
