import Glibc
import Platform
import ProgramSupport
import TestSupport
import Testing

/// Whatever happens to workers and to PostgreSQL, each video is published once and whole, the platform is told of it once, and
/// the storage is left with exactly the files of what is published.
@Suite("R-01, R-31 videos once", .inTurns(limit: .seconds(300)))
struct VideosOnce {
    private static let setting = Stage.Setting(slots: 2, workers: Stage.videos)

    @Test(arguments: [DatabaseFault.killWorker, .restartPostgres, .loseReplies])
    func `each video is published and told of once`(fault: DatabaseFault) async throws {
        try await storm(.current, fault).mustHold()
    }

    /// Where a worker is killed.
    enum Step: String, CaseIterable {
        case beginning = "videos"
        case notingTheFolder = "video_folders"
        /// All files are there; `video.json` is not.
        case publishing
        case telling = "outbox"
        /// Row and event are committed, and Redis does not know that the job is done.
        case ending
    }

    @Test(arguments: Step.allCases)
    func `a worker that is killed at a step leaves nothing undone, and nothing behind`(step: Step) async throws {
        try await killed(at: step).mustHold()
    }

    @Test func `without notes of folders, a worker that is killed leaves orphans`() async throws {
        try await killed(at: .publishing, without: .videoFolders)
            .mustFail(without: "the notes of folders", showing: "no video's")
    }

    @Test func `without what was told being kept, a job that runs twice tells twice`() async throws {
        try await killed(at: .ending, without: .videoEvents)
            .mustFail(without: "what was told", showing: "not told of once")
    }

    private func killed(at step: Step, without protection: Protection? = nil) async throws -> Verdict {
        var verdict = Verdict("R-01 a video, killed while \(step)", scaled: "1 video")
        try await Stage.with(Self.setting, postgres: true, without: protection) { stage in
            try await stage.prepareVideos()
            let worker = try await stage.work()
            try await kill(worker, at: step, stage)
            _ = try await worker.exit()
            let next = try await stage.work()
            let isSettled = try await stage.settle(within: .seconds(60))
            verdict.expect(isSettled, "the video was not made")
            let states = try await stage.lines("SELECT state FROM coursework.videos")
            verdict.expect(states == ["ready"], "the rows say \(states)")
            try await stage.judgeVideos(&verdict)
            try await stage.end(next, &verdict)
        }
        return verdict
    }

    private func kill(_ worker: Program, at step: Step, _ stage: Stage) async throws {
        switch step {
        case .beginning, .notingTheFolder, .telling:
            try await stage.holding(table: step.rawValue) {
                await stage.enqueueVideo("one")
                try await waits(stage)
                Glibc.kill(worker.processID, SIGKILL)
            }
        case .publishing:
            await stage.enqueueVideo("one")
            try await eventually(within: .seconds(120), "it has begun") {
                try await stage.lines("SELECT state FROM coursework.videos") == ["processing"]
            }
            try await stage.holding(table: "videos") {
                try await waits(stage)
                Glibc.kill(worker.processID, SIGKILL)
            }
        case .ending:
            try await stage.holding(table: "outbox") {
                await stage.enqueueVideo("one")
                try await waits(stage)
                // From now on Redis refuses to write that it is done.
                _ = try await stage.redis.call("CONFIG", "SET", "min-replicas-to-write", "1")
            }
            try await eventually(within: .seconds(120), "it is told") {
                try await stage.lines("SELECT count(*) FROM coursework.outbox") == ["1"]
            }
            Glibc.kill(worker.processID, SIGKILL)
            _ = try await stage.redis.call("CONFIG", "SET", "min-replicas-to-write", "0")
        }
    }

    private func waits(_ stage: Stage) async throws {
        try await eventually(within: .seconds(60), "the worker waits there") {
            try await stage.lines("SELECT count(*) FROM pg_locks WHERE NOT granted") != ["0"]
        }
    }

    private func storm(_ form: Form, _ fault: DatabaseFault) async throws -> Verdict {
        var verdict = Verdict("\(fault.rawValue), videos", scaled: "faults in a crowd of short videos")
        try await Stage.with(Self.setting, postgres: true) { stage in
            try await stage.prepareVideos()
            var (fleet, random) = (try await stage.supervise(), SeededGenerator(seed: 8))
            let (rounds, crowd) = (form(short: 1, full: 10), 4)
            for round in 0..<rounds {
                for number in round * crowd..<(round + 1) * crowd {
                    // Every fourth has no upload.
                    await stage.enqueueVideo("v\(number)", source: number % crowd == 3 ? "none" : "video")
                }
                try await Task.sleep(for: .milliseconds(.random(in: 300...2500, using: &random)))
                fleet = try await fault.strike(stage, fleet, &random)
                // A video that is struck in three rounds would be parked as one that kills its workers.
                guard try await stage.settle(within: .seconds(90)) else { break }
            }
            let isSettled = try await stage.settle(within: .seconds(1))
            try await judge(&verdict, stage, isSettled: isSettled, videos: rounds * crowd, absent: rounds)
            try await stage.end(fleet, &verdict)
        }
        return verdict
    }

    private func judge(
        _ verdict: inout Verdict, _ stage: Stage, isSettled: Bool, videos: Int, absent: Int
    ) async throws {
        let dump = try await QueueDump(from: stage.redis)
        verdict.expect(isSettled, "\(dump.live) jobs were not done, \(dump.held.count) of them held")
        verdict.add("videos", videos)
        verdict.expect(dump.letters.count == absent, "\(dump.letters.count) jobs are dead, and should be \(absent)")
        let states = try await stage.lines(
            "SELECT state || ' ' || count(*) FROM coursework.videos GROUP BY state ORDER BY state")
        verdict.expect(
            states == ["failed \(absent)", "ready \(videos - absent)"], "the rows say \(states)")
        try await stage.judgeVideos(&verdict)
        for inconsistency in dump.inconsistencies { verdict.add(violation: inconsistency) }
    }
}
