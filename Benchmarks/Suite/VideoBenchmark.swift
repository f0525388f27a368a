internal import FoundationEssentials
internal import Jobs
internal import MediaProbe
internal import Platform
internal import VideoWorker

/// A lecture from its upload to what is published, by one worker and by several, beside the one ffmpeg command that
/// makes the same files: decoded once, encoded by the same settings, and nothing else. They take turns, so that what else the machine does
/// befalls both.
struct VideoBenchmark {
    private static let turns = 3
    private static let workers = 2
    /// Eight chunks of what is transcoded here: as hours in chunks of a minute, these are shared without many left over.
    private static let chunkDuration = "12s"
    private static let ffmpeg = "/usr/bin/ffmpeg"
    private static let source = "uploads/lecture.mp4"

    let workshop: Workshop

    private var seconds: Int { workshop.isQuick ? 10 : 90 }
    private var sourcePath: String { "\(workshop.folder)/storage/\(Self.source)" }

    func run(_ report: (Figure) -> Void) async throws {
        guard FileManager.default.isExecutableFile(atPath: Self.ffmpeg) else {
            return report(Figure("ffmpeg is not here: install ffmpeg", .nan, ""))
        }
        try await makeSource()
        let command = try await plainCommand()
        var runs = Runs()
        for turn in 1...(workshop.isQuick ? 1 : Self.turns) {
            runs.commands.append(try await run(command))
            runs.jobs.append(
                try await withStudio(workers: 1, "1d") { try await $0.transcode(Self.source, to: "videos/\(turn)") })
            guard !workshop.isQuick else { continue }
            runs.chunked.append(
                try await withStudio(workers: Self.workers, Self.chunkDuration) {
                    try await $0.transcodeInChunks(Self.source, to: "videos/chunked-\(turn)")
                })
        }
        tell(runs.commands, runs.jobs, report)
        if !workshop.isQuick { tell(runs.commands, runs.chunked, report) }
    }

    private struct Runs {
        var commands: [Double] = []
        var jobs: [VideoStudio.Run] = []
        var chunked: [VideoStudio.ChunkedRun] = []
    }

    private func withStudio<Result>(
        workers: Int, _ chunkDuration: String, _ body: (VideoStudio) async throws -> Result
    ) async throws -> Result {
        try await workshop.withRedis { redis in
            let studio = try await VideoStudio.start(on: redis, workers: workers, chunkDuration: chunkDuration)
            do {
                let result = try await body(studio)
                await studio.stop()
                return result
            } catch {
                await studio.stop()
                throw error
            }
        }
    }

    private func tell(_ commands: [Double], _ chunked: [VideoStudio.ChunkedRun], _ report: (Figure) -> Void) {
        let (command, whole) = (commands.median, chunked.map(\.seconds).median)
        report(
            Figure(
                "in \(chunked.first?.chunks ?? 0) chunks by \(Self.workers) workers", whole, "s",
                [.init(of: "the command", ratio: whole / command, bar: .atMost(1.10))]))
        let serial = chunked.map(\.serialSeconds).median
        let share = chunked.map(\.serialShare).median
        report(
            Figure(
                "  cut, joined, verified, published", serial, "s",
                [.init(of: "all work, 5 %", ratio: share / 0.05, bar: .atMost(1))]))
        // Amdahl's law: what is not shared takes its time however many share the rest.
        report(
            Figure(
                "  so eight workers on machines of their own are as fast as", 1 / (share + (1 - share) / 8), "workers"))
    }

    private func tell(_ commands: [Double], _ jobs: [VideoStudio.Run], _ report: (Figure) -> Void) {
        let command = commands.median
        report(Figure("one ffmpeg command, \(seconds) s of 720p, noisy", command, "s"))
        let whole = jobs.map(\.seconds).median
        report(
            Figure(
                "video.transcode of it", whole, "s",
                [.init(of: "the command", ratio: whole / command, bar: .atMost(1.03))]))
        let encoder = jobs.map(\.encoderSeconds).median
        report(Figure("  its encoder", encoder, "s", [.init(of: "the command", ratio: encoder / command)]))
        for (name, part) in [
            ("  before: fetched, probed, its loudness measured", \VideoStudio.Run.secondsBefore),
            ("  after: verified, a poster made, published", \.secondsAfter),
        ] {
            let seconds = jobs.map { $0[keyPath: part] }.median
            report(Figure(name, seconds, "s", [.init(of: "the command", ratio: seconds / command)]))
        }
        let share = jobs.map(\.processorShare).median * 100
        report(
            Figure(
                "worker while ffmpeg encodes, processor", share, "% core",
                [.init(of: "1 % of a core", ratio: share, bar: .atMost(1))]))
        let memory = jobs.map(\.megabytes).max() ?? 0
        report(Figure("  memory", memory, "MB", [.init(of: "40 MB", ratio: memory / 40, bar: .atMost(1))]))
    }

    /// Noise makes it as much work as a camera's picture.
    private func makeSource() async throws {
        try FileManager.default.createDirectory(
            atPath: workshop.folder + "/storage/uploads", withIntermediateDirectories: true)
        let picture = "testsrc2=size=1280x720:rate=30,format=yuv420p,noise=alls=10:allf=t"
        let sound = "anoisesrc=color=pink:amplitude=0.2:sample_rate=48000"
        _ = try await workshop.output(
            of: Self.ffmpeg,
            ["-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound]
                + ["-t", "\(seconds)", "-c:v", "libx264", "-preset", "ultrafast", "-b:v", "10M", "-c:a", "aac"]
                + ["-ac", "2", sourcePath])
    }

    private func plainCommand() async throws -> PlainEncode {
        let answer = try await workshop.output(
            of: "/usr/bin/ffprobe",
            ["-v", "error", "-show_entries", MediaFacts.probeEntries, "-of", "json", sourcePath])
        return try PlainEncode(
            of: sourcePath, MediaFacts(probe: Array(answer.utf8), container: .mov), TranscodingRules(workFolder: ""))
    }

    /// - Returns: how long it took, in seconds.
    private func run(_ plain: PlainEncode) async throws -> Double {
        let folder = workshop.folder + "/command"
        for name in plain.folders {
            try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
        }
        defer { try? FileManager.default.removeItem(atPath: folder) }
        // As the sandbox has it: where others want the processor, both get as little.
        var command = ChildProcess.Command(
            "nice", ["-n", "10", Self.ffmpeg] + plain.arguments,
            environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"])
        command.folder = folder
        command.outputFile = workshop.folder + "/command.log"
        return try await Workshop.seconds {
            guard try await ChildProcess.start(command, on: workshop.loop).exit() == .code(0) else {
                throw BenchmarkFailure(description: "ffmpeg failed: see \(workshop.folder)/command.log")
            }
        }
    }
}
