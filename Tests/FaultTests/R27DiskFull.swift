import Glibc
import Jobs
import LocalServers
import Platform
import ProgramSupport
import TestSupport
import Testing

/// The disk of Redis is full: it refuses every write, or ends. Nothing is lost by that, and all goes on by itself when
/// there is room again.
@Suite("R-27 disk full", .inTurns(limit: .seconds(300)))
struct R27DiskFull {
    @Test(.enabled(if: SmallDisk.isAvailable, "no file system can be mounted here"), arguments: ["everysec", "always"])
    func `a full disk stops work and loses none`(fsync: String) async throws {
        try await run(.current, fsync: fsync).mustHold()
    }

    @Test(.enabled(if: SmallDisk.isAvailable, "no file system can be mounted here"))
    func `without telling the end of a job again, it runs again`() async throws {
        try await run(.short, fsync: "everysec", without: .recordAgain).mustFail(
            without: "a second last word", showing: "ran again")
    }

    private func run(_ form: Form, fsync: String, without protection: Protection? = nil) async throws -> Verdict {
        var verdict = Verdict("R-27 disk full, appendfsync \(fsync)")
        // One worker: nobody else may take what ended while nothing could be written.
        try await Stage.with(Stage.Setting(processes: 1), redis: nil, without: protection) { stage in
            let folder = stage.site.folder + "/r"
            let disk = try SmallDisk(at: folder, kilobytes: form(short: 8, full: 64) << 10)
            defer { withExtendedLifetime(disk) {} }
            try await fill(disk, stage, form, fsync, &verdict)
        }
        return verdict
    }

    private func fill(
        _ disk: SmallDisk, _ stage: Stage, _ form: Form, _ fsync: String, _ verdict: inout Verdict
    ) async throws {
        var options = LocalRedis.Options()
        options.fsync = fsync
        var redis = try await stage.site.startRedis(options)
        let worker = try await stage.work()
        try await fill(stage, worker, redis, fsync, &verdict)
        try disk.grow(toKilobytes: form(short: 64, full: 512) << 10)
        let room = MonotonicTime.now
        if !redis.isRunning { redis = try await stage.site.startRedis(options) }
        let checker = try await stage.check(&verdict, within: form(short: .seconds(20), full: .seconds(100)))
        verdict.add("goes on after", checker.waits(after: [room]).first ?? .zero, bar: .seconds(30))
        let again = checker.effects.count { $0.value > 1 }
        verdict.expect(again == 0, "\(again) jobs that had ended ran again")
        let burnt = checker.executions.all.count { $0.attempt > 1 }
        verdict.expect(burnt == 0, "\(burnt) attempts were burnt")
        try await stage.end(worker, &verdict)
        redis.send(signal: SIGKILL)
        _ = await redis.exit()
    }

    /// Enqueues until the disk is full, and waits until what ran by then has ended and could not be written down.
    private func fill(
        _ stage: Stage, _ worker: Program, _ redis: ChildProcess, _ fsync: String, _ verdict: inout Verdict
    ) async throws {
        let refusal = await enqueueUntilRefused(stage)
        verdict.expect(refusal != nil, "Redis took everything: the disk was not full")
        verdict.add("refused", stage.journal.keys(.refused).count)
        try await Task.sleep(for: stage.setting.lease * 2)
        if fsync == "always" {
            verdict.expect(!redis.isRunning, "Redis went on without its disk")
        } else {
            verdict.expect(refusal?.contains("MISCONF") == true, "the refusal does not say why: \(refusal ?? "")")
            _ = try await worker.errors.first(containing: "MISCONF")
        }
    }

    /// - Returns: the first refusal.
    private func enqueueUntilRefused(_ stage: Stage) async -> String? {
        for number in 0..<20_000 {
            if let refusal = await stage.enqueueLarge("k\(number)", milliseconds: 50) { return refusal }
        }
        return nil
    }
}
