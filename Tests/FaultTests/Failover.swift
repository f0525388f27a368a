import JobQueue
import Jobs
import LocalServers
import Platform
import ProgramSupport
import RedisClient
import TestSupport
import Testing

/// The primary becomes a replica under load, and later the primary again: for a while it refuses every write. Workers
/// wait and go on.
@Suite("Failover", .inTurns(limit: .seconds(300)))
struct Failover {
    @Test func `loses nothing when the primary is a replica for a while`() async throws {
        try await run(.current).mustHold()
    }

    @Test func `without telling the end of a job again, it runs again`() async throws {
        try await run(.short, without: .recordAgain).mustFail(without: "a second last word", showing: "ran again")
    }

    private func run(_ form: Form, without protection: Protection? = nil) async throws -> Verdict {
        var verdict = Verdict("Failover there and back")
        let (first, second) = (try FreePort.find(), try FreePort.find())
        // One worker: nobody else may take what ended while nothing could be written.
        try await Stage.with(Stage.Setting(processes: 1), redis: nil, without: protection) { stage in
            let primary = try await stage.site.startRedis(.onPort(first))
            let replica = try await stage.site.startRedis(.onPort(second), in: "replica")
            let other = Stage.client(socket: stage.site.folder + "/replica/redis.sock")
            defer { other.close() }
            try await other.replicate("127.0.0.1", first)
            let worker = try await stage.work()
            let rounds = form(short: 1, full: 10)
            let away = stage.setting.lease + .milliseconds(500)
            async let produced: Void = stage.produce(
                perSecond: form(short: 100, full: 150), for: (away + .seconds(2)) * rounds, milliseconds: 50)
            var backs: [MonotonicTime] = []
            for _ in 0..<rounds {
                try await Task.sleep(for: .seconds(1))
                try await stage.redis.handOver(to: second)
                try await Task.sleep(for: away)
                try await other.handOver(to: first)
                backs.append(.now)
                try await Task.sleep(for: .seconds(1))
            }
            await produced
            let checker = try await stage.check(&verdict, within: form(short: .seconds(10), full: .seconds(30)))
            verdict.add("failovers", rounds * 2)
            verdict.add("refused", stage.journal.keys(.refused).count)
            verdict.expect(!stage.journal.keys(.refused).isEmpty, "no write was refused: there was no failover")
            verdict.add("goes on after", checker.waits(after: backs).max() ?? .zero, bar: .seconds(3))
            let again = checker.effects.count { $0.value > 1 }
            verdict.expect(again == 0, "\(again) jobs that had ended ran again")
            try await stage.end(worker, &verdict)
            verdict.expect(primary.isRunning && replica.isRunning, "a server ended")
        }
        return verdict
    }
}

extension LocalRedis.Options {
    fileprivate static func onPort(_ port: UInt16) -> Self {
        var options = inMemory(
            "--repl-diskless-sync-delay", "0", "--repl-ping-replica-period", "1", "--masteruser", "test",
            "--masterauth",
            "any")
        options.port = port
        return options
    }
}

extension RedisClient {
    /// Follows another server, and waits until it has all of that one's data.
    fileprivate func replicate(_ host: String, _ port: UInt16) async throws {
        _ = try await call("REPLICAOF", host, "\(port)")
        try await eventually("the replica is in step") {
            try await call("INFO", "replication").string?.contains("master_link_status:up") == true
        }
    }

    /// A planned failover: writes wait until the replica has everything, then the two change places.
    fileprivate func handOver(to port: UInt16) async throws {
        try await eventually("the failover can begin") {
            (try? await call("FAILOVER", "TO", "127.0.0.1", "\(port)", "TIMEOUT", "5000")) != nil
        }
        // Its connection ends with the first write that is refused.
        try await eventually("the failover is over") {
            (try? await call("INFO", "replication"))?.string?.contains("role:slave") == true
        }
    }
}
