import AdaptiveStreaming
import MediaProbe
import MediaSandbox

/// A long video, taken apart and put together again.
extension MediaTools {
    /// Copies a part of the upload into a file.
    func cut(_ part: CutCommand.Part, of facts: MediaFacts, sourceBytes: Int, to file: String) async throws {
        let command = CutCommand(facts: facts, part: part)
        let arguments =
            Self.quiet(level: "warning") + command.start + Self.reading(facts.container.rawValue)
            + ["-i", Self.input] + command.output(file)
        _ = try await run(
            "ffmpeg", arguments, wallTime: wallTime(facts.duration), stall: rules.stallTime,
            folderBytes: 2 * sourceBytes + (64 << 20))
    }

    /// Copies the upload into a container that says how long it is, and where its key frames are.
    func rewrap(_ facts: MediaFacts, sourceBytes: Int, to file: String) async throws {
        let streams = [facts.video.index, facts.audio?.index].compactMap { $0 } + facts.subtitles.map(\.index)
        let arguments =
            Self.quiet(level: "warning") + ["-fflags", "+genpts"] + Self.reading(facts.container.rawValue)
            + ["-t", seconds(rules.maxDuration + .seconds(1)), "-i", Self.input]
            + streams.flatMap { ["-map", "0:\($0)"] } + ["-c", "copy", "-f", "matroska", "file:\(file)"]
        _ = try await run(
            "ffmpeg", arguments, wallTime: wallTime(nil), stall: rules.stallTime,
            folderBytes: 2 * sourceBytes + (64 << 20))
    }

    /// Encodes the pictures of a chunk.
    func encode(
        _ chunk: Chunk, _ plan: EncodingPlan, sourceBytes: Int, to file: String
    ) async throws {
        let input = MediaInput.cut(from: plan.facts)
        let command = ChunkCommand(plan: plan, chunk: chunk, preset: rules.preset, threads: rules.threads)
        let arguments =
            Self.quiet(level: "warning") + Self.reading(input)
            + ["-threads", String(rules.threads), "-i", Self.input] + Self.withoutMetadata
            + command.arguments(input, to: file)
        // The last one may be longer than it should.
        let seconds = chunk.end.map { $0 - chunk.start } ?? plan.facts.duration
        _ = try await run(
            "ffmpeg", arguments, wallTime: wallTime(seconds), stall: rules.stallTime,
            folderBytes: plan.outputBytes(sourceBytes: sourceBytes))
    }

    /// Encodes the sound of a video, all of it.
    func encodeSound(_ plan: EncodingPlan, to file: String) async throws {
        let input = MediaInput.cut(from: plan.facts)
        let graph = SoundFilters.graph(from: 0, gain: plan.gain)
        let arguments =
            Self.quiet(level: "warning") + Self.reading(input)
            + ["-t", seconds(rules.maxDuration + .seconds(1)), "-i", Self.input] + Self.withoutMetadata
            + ["-filter_complex", graph, "-map", "[a]"] + SoundEncoder.arguments + ["-f", "mp4", "file:\(file)"]
        _ = try await run("ffmpeg", arguments, wallTime: wallTime(plan.facts.duration), stall: rules.stallTime)
    }

    /// Puts the encoded chunks and the sound, which lie where programs read, together to a package.
    func join(_ plan: EncodingPlan, chunkBytes: Int) async throws {
        let command = JoinCommand(plan: plan)
        for name in command.folders { try folder.makeOutputFolder(name) }
        _ = try await run(
            "ffmpeg", Self.quiet(level: "warning") + command.arguments, wallTime: wallTime(plan.facts.duration),
            stall: rules.stallTime, folderBytes: 4 * chunkBytes + (200 << 20))
        try await storyboard(plan)
    }

    /// Of the smallest rendition's key frames, which are near enough to where pictures should be, and soon read.
    private func storyboard(_ plan: EncodingPlan) async throws {
        guard let rung = plan.ladder.rungs.last else { return }
        let filters = StoryboardFilters(board: plan.storyboard)
        let group = Double(plan.ladder.framesPerGroup) / plan.ladder.frameRate.perSecond
        let arguments =
            Self.quiet(level: "warning")
            + ["-protocol_whitelist", "file", "-format_whitelist", "hls,mov", "-skip_frame", "nokey", "-f", "hls"]
            + ["-i", "file:\(rung.name)/\(PackageOutputs.playlistFile)", "-map", "0:v:0"]
            + ["-vf", filters.chain(tolerance: group / 2)] + filters.output
        _ = try await run("ffmpeg", arguments, wallTime: wallTime(plan.facts.duration), stall: rules.stallTime)
    }
}
