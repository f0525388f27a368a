import Glibc
import JobQueue
import Jobs
import Platform
import ProgramSupport
import TestSupport
import Testing

/// Two attempts at one video overlap: a worker is frozen past its lease, wherever it is with it, and goes on while another one
/// makes the same video, or has made it.
@Suite("H-13 a video that two workers make", .inTurns(limit: .seconds(400)))
struct H13TranscodedOnce {
    @Test func `is published once, and whole`() async throws { try await run(.current).mustHold() }

    @Test func `without cancellation of lost jobs, the zombie publishes too`() async throws {
        try await run(.short, without: .cancelLost).mustFail(
            without: "the cancellation of lost jobs", showing: "was published by the zombie")
    }

    private func run(_ form: Form, without protection: Protection? = nil) async throws -> Verdict {
        var verdict = Verdict("H-13 a video that two workers make", scaled: "12 rounds")
        let setting = Stage.Setting(slots: 1, policies: Stage.videoPolicies, workers: Stage.transcodes)
        try await Stage.with(setting, without: protection) { stage in
            var random = SeededGenerator(seed: 13)
            try await stage.uploadVideo(seconds: 4)
            let rounds = form(short: 2, full: 12)
            var names: [String] = []
            for round in 0..<rounds {
                // One that has published before it freezes is no zombie: then another one freezes sooner.
                var (wait, isZombie) = (Duration.milliseconds(.random(in: 0...800, using: &random)), false)
                while !isZombie, names.count < 50 {
                    let name = "v\(names.count)"
                    names.append(name)
                    isZombie = try await overlap(name, round, frozenAfter: wait, stage, &verdict)
                    wait /= 2
                }
                verdict.expect(isZombie, "no worker froze before it had published")
            }
            try stage.judgeTranscodes(names, &verdict)
        }
        return verdict
    }

    /// - Returns: false when the first worker had published before it froze.
    private func overlap(
        _ name: String, _ round: Int, frozenAfter wait: Duration, _ stage: Stage, _ verdict: inout Verdict
    ) async throws -> Bool {
        // Every second one is woken while the other one still works.
        let afterPublication = round % 2 == 0
        let zombie = try await stage.work()
        await stage.enqueueTranscode(name)
        try await eventually(within: .seconds(120), "the first worker encodes") { stage.encodes }
        try await Task.sleep(for: wait)
        zombie.send(SIGSTOP)
        let wasPublished = stage.published(name) != nil
        let other = try await stage.work()
        if afterPublication {
            _ = try await stage.settle(within: .seconds(60))
        } else if !wasPublished {
            try await eventually(within: .seconds(120), "the other worker has begun") {
                !ProcessTable.descendants(of: other.processID).isEmpty || stage.published(name) != nil
            }
        }
        let before = stage.published(name)?.master
        zombie.send(SIGCONT)
        let isSettled = try await stage.settle(within: .seconds(60))
        verdict.expect(isSettled, "\(name) was not made")
        // Whoever begins next on the machine takes away what dead ones left; these two have to go by themselves.
        try await stage.awaitStillness(of: zombie)
        _ = try await other.end()
        _ = try await zombie.end()
        if afterPublication, let before {
            verdict.expect(stage.published(name)?.master == before, "\(name) was published by the zombie")
        }
        let folders = stage.transcodeFolders(name)
        verdict.expect(folders.count == 1, "\(name) lies there \(folders.count) times: \(folders)")
        try await stage.judgeWorkFolders(&verdict)
        return !wasPublished
    }
}

extension Stage {
    /// Waits until a worker has had no program for a while: what it still says after that, nobody hears.
    fileprivate func awaitStillness(of worker: Program) async throws {
        var since = MonotonicTime.now
        try await eventually(within: .seconds(60), "the zombie comes to an end") {
            if !ProcessTable.descendants(of: worker.processID).isEmpty { since = .now }
            return MonotonicTime.now.since(since) > .seconds(2)
        }
    }
}
