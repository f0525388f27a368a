import AdaptiveStreaming
import FoundationEssentials
import Jobs
import MediaProbe
import MediaSandbox

/// ffprobe and ffmpeg, each in the sandbox, for one job.
struct MediaTools: Sendable {
    /// The name of the upload in the sandbox: never its own.
    static let sourceFile = "source"
    static let input = "file:../in/\(sourceFile)"

    let sandbox: Sandbox
    let folder: JobFolder
    let rules: TranscodingRules
    let context: JobContext

    /// - Throws: ``UnusableMedia``.
    func probe(_ container: ContainerFormat, file: String = input) async throws -> MediaFacts {
        let arguments =
            ["-v", "error", "-hide_banner"] + Self.reading(container.rawValue)
            + ["-show_entries", MediaFacts.probeEntries, "-of", "json", file]
        do {
            let output = try await run(
                "ffprobe", arguments, wallTime: .seconds(120), processorTime: rules.probeTime)
            return try MediaFacts(probe: output.standardOutput, container: container)
        } catch let failure as SandboxFailure where !failure.isTransient {
            throw UnusableMedia(refusedWith: failure.errors)
        }
    }

    /// How loud all of the sound is, in LUFS; nil when it is silent.
    func loudness(of input: MediaInput, lasting duration: Double?) async throws -> Double? {
        guard let sound = input.sound else { return nil }
        let arguments =
            Self.quiet(level: "info") + Self.reading(input) + ["-vn", "-sn", "-dn", "-i", Self.input]
            + ["-map", "0:\(sound)"]
            + [
                "-af", "\(SoundFilters.stereo),ebur128=framelog=verbose", "-t", seconds(rules.maxDuration), "-f",
                "null", "-",
            ]
        let output = try await run("ffmpeg", arguments, wallTime: wallTime(duration), stall: rules.stallTime)
        return LoudnessSummary(output.errors)?.integrated
    }

    func encode(
        _ plan: EncodingPlan, sourceBytes: Int, onProgress: @escaping @Sendable (ProgressReport) -> Void
    ) async throws {
        let command = EncodeCommand(plan: plan, preset: rules.preset, threads: rules.threads)
        for name in command.folders { try folder.makeOutputFolder(name) }
        let arguments =
            Self.quiet(level: "warning") + Self.reading(plan.facts.container.rawValue)
            + ["-threads", String(rules.threads), "-t", seconds(rules.maxDuration + .seconds(1)), "-i", Self.input]
            + Self.withoutMetadata + command.arguments
        _ = try await run(
            "ffmpeg", arguments, wallTime: wallTime(plan.facts.duration), stall: rules.stallTime,
            folderBytes: plan.outputBytes(sourceBytes: sourceBytes), onProgress: onProgress)
    }

    /// A picture of the encoded video at a time in seconds.
    func poster(at time: Double, to name: String) async throws {
        let arguments =
            Self.quiet(level: "warning") + [
                "-protocol_whitelist", "file", "-ss", MediaPlaylist.decimal(time), "-f", "mov",
            ]
            + ["-i", "file:\(PackageOutputs.progressiveFile)", "-map", "0:v:0", "-frames:v", "1", "-q:v", "3"]
            + ["-update", "1", "-f", "image2", "file:\(name)"]
        _ = try await run("ffmpeg", arguments, wallTime: .seconds(120))
    }

    /// Subtitles within the video, each as a file.
    func extract(_ subtitles: [(index: Int, file: String)], from facts: MediaFacts) async throws {
        let arguments =
            Self.quiet(level: "warning") + Self.reading(facts.container.rawValue) + ["-i", Self.input]
            + subtitles.flatMap { ["-map", "0:\($0.index)", "-c:s", "webvtt", "-f", "webvtt", "file:\($0.file)"] }
        _ = try await run("ffmpeg", arguments, wallTime: wallTime(facts.duration), stall: rules.stallTime)
    }

    /// A file of captions as WebVTT.
    /// - Parameter format: `srt` or `webvtt`.
    func convert(captions name: String, _ format: String, to file: String) async throws {
        let arguments =
            Self.quiet(level: "warning")
            + [
                "-protocol_whitelist", "file", "-format_whitelist", format, "-codec_whitelist",
                "subrip,srt,webvtt,text",
            ]
            + [
                "-f", format, "-i", "file:../in/\(name)", "-map", "0:s:0", "-c:s", "webvtt", "-f", "webvtt",
                "file:\(file)",
            ]
        _ = try await run("ffmpeg", arguments, wallTime: .seconds(60))
    }

    /// What is in a file that was written, packet by packet.
    /// - Parameter format: `hls` or `mov`.
    func inspect(_ file: String, _ format: String) async throws -> [WrittenStream] {
        let arguments = [
            "-v", "error", "-protocol_whitelist", "file", "-format_whitelist", "hls,mov", "-f", format,
            "-count_packets", "-show_data_hash", "MD5", "-show_entries", WrittenStream.entries, "-of", "json",
            "file:\(file)",
        ]
        let output = try await run("ffprobe", arguments, wallTime: .seconds(1800))
        return try WrittenStream.read(output.standardOutput)
    }

    // MARK: Arguments that all have

    static let withoutMetadata = ["-map_metadata", "-1", "-map_chapters", "-1"]

    static func quiet(level: String) -> [String] {
        ["-nostdin", "-hide_banner", "-loglevel", level, "-nostats", "-progress", "pipe:3", "-y"]
    }

    /// What a stranger's file may make ffmpeg do: read this one file, in this one format, with few decoders.
    static func reading(_ input: MediaInput) -> [String] {
        (input.keepsTimes ? ["-copyts"] : []) + reading(input.container.rawValue)
    }

    static func reading(_ format: String) -> [String] {
        [
            "-protocol_whitelist", "file", "-format_whitelist", format,
            "-codec_whitelist", AllowedCodecs.all.joined(separator: ","), "-max_alloc", String(512 << 20),
            "-max_pixels", String(MediaFacts.maxPixels), "-max_streams", "64", "-probesize", "10M",
            "-analyzeduration", "10M", "-f", format,
        ]
    }

    /// A machine that needs thirty times as long as the video lasts has something else wrong.
    func wallTime(_ duration: Double?) -> Duration {
        .seconds(300) + (duration.map { .seconds($0) } ?? rules.maxDuration) * 30
    }

    func seconds(_ duration: Duration) -> String { String(duration.components.seconds) }

    func run(
        _ program: String, _ arguments: [String], wallTime: Duration, stall: Duration? = nil,
        processorTime: Duration? = nil, folderBytes: Int = 1 << 30,
        onProgress: @escaping @Sendable (ProgressReport) -> Void = { _ in }
    ) async throws -> SandboxOutput {
        var limits = SandboxLimits(wallTime: wallTime, folderBytes: folderBytes, stallTime: stall)
        limits.folderBytes += folder.outputBytes
        if let processorTime { limits.processorTime = processorTime }
        // A ladder from 4K takes eight.
        if program == "ffmpeg" { limits.memoryBytes = 12 << 30 }
        return try await sandbox.run(
            SandboxedProgram(program, arguments, limits: limits), in: folder, for: context, onProgress: onProgress)
    }
}

extension UnusableMedia {
    /// - Parameter errors: what ffprobe said of a file that it did not read.
    fileprivate init(refusedWith errors: String) {
        if let codec = errors.firstMatch(of: /Codec \(([a-z0-9_]{1,40})\) not on whitelist/) {
            self.init("The video is coded as \(codec.1), which is not read here; export it as H.264.")
        } else {
            self.init("The file cannot be read as a video; it is damaged, or none. \(errors.lastLine)")
        }
    }
}

extension String {
    var lastLine: String { split(whereSeparator: \.isNewline).last.map(String.init) ?? "" }
}
