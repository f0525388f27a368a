import Glibc
import JobQueue
import Jobs
import Platform
import ProgramSupport
import RedisClient
import TestSupport
import Testing

/// R-01 for videos: workers and their programs are killed at any moment, and each video is made, whole, by somebody.
@Suite("R-01 transcodes", .inTurns(limit: .seconds(900)))
struct TranscodesKilled {
    @Test func `each video is made once, whoever is killed`() async throws { try await run(.current).mustHold() }

    private func run(_ form: Form) async throws -> Verdict {
        var verdict = Verdict("R-01 transcodes")
        var setting = Stage.Setting(slots: 1, policies: Stage.videoPolicies, workers: Stage.transcodes)
        // Nobody here is to be parked for dying thrice: that is R-12's.
        setting.crashes = 100
        try await Stage.with(setting) { stage in
            let names = (0..<form(short: 8, full: 100)).map { "v\($0)" }
            try await stage.uploadVideo(seconds: 3)
            let supervisor = try await stage.supervise()
            for name in names { await stage.enqueueTranscode(name) }
            let kills = try await storm(stage, supervisor, form)
            verdict.add("workers killed", kills.workers)
            verdict.add("programs killed", kills.programs)
            let isSettled = try await stage.settle(within: form(short: .seconds(120), full: .seconds(600)))
            let dump = try await QueueDump(from: stage.redis)
            verdict.expect(isSettled, "\(dump.live) videos were not made")
            verdict.expect(dump.letters.isEmpty, "\(dump.letters.count) jobs are dead: \(dump.letters.prefix(2))")
            for inconsistency in dump.inconsistencies { verdict.add(violation: inconsistency) }
            try stage.judgeTranscodes(names, &verdict)
            let folders = names.map { stage.transcodeFolders($0).count }.reduce(0, +)
            verdict.add("attempts that left files in the storage", folders - names.count)
            // What the last dead ones left, the next one takes away.
            await stage.enqueueTranscode("last")
            _ = try await stage.settle(within: .seconds(60))
            try await stage.end(supervisor, &verdict)
            try await stage.judgeWorkFolders(&verdict)
        }
        return verdict
    }

    /// Until most videos are made.
    private func storm(
        _ stage: Stage, _ supervisor: Program, _ form: Form
    ) async throws -> (workers: Int, programs: Int) {
        var (random, kills) = (SeededGenerator(seed: 100), (workers: 0, programs: 0))
        let end = MonotonicTime.now + form(short: .seconds(20), full: .seconds(500))
        while try await stage.stored > 2, MonotonicTime.now < end {
            try await Task.sleep(for: .milliseconds(.random(in: 300...2000, using: &random)))
            let processes = ProcessTable.descendants(of: supervisor.processID).sorted()
            let programs = processes.filter { ["ffmpeg", "ffprobe"].contains(ProcessTable.words(of: $0).first) }
            let workers = processes.filter { ProcessTable.words(of: $0).contains("work") }
            if Bool.random(using: &random), let program = programs.randomElement(using: &random) {
                kill(program, SIGKILL)
                kills.programs += 1
            } else if let worker = workers.randomElement(using: &random) {
                kill(worker, SIGKILL)
                kills.workers += 1
            }
        }
        return kills
    }
}
