import AdaptiveStreaming
import FoundationEssentials
import MediaProbe
import MediaSandbox

/// Looks at all that was written before anybody else does: every file is probed again, packet by packet, and the
/// renditions must agree with each other and with the source.
struct Verification {
    let plan: EncodingPlan
    let folder: JobFolder
    let tools: MediaTools

    private var tolerance: Double { plan.ladder.segmentSeconds }

    /// - Throws: ``UnsoundOutput``.
    func package(_ captions: [CaptionTrack]) async throws -> EncodedPackage {
        let files = try OutputFiles(of: folder)
        // Side by side: to start a program takes longer than most of them look.
        async let all = renditions(files)
        async let heard = plan.facts.audio == nil ? nil : sound(files)
        async let progressive = progressive(files)
        async let poster: Void = makePoster(files)
        let renditions = try await all
        guard let first = renditions.first else { throw UnsoundOutput("There is no rendition.") }
        for other in renditions { try check(other, against: first) }
        let audio = try await heard
        try checkDuration(first.duration, audio?.duration)
        try check(progressive: try await progressive, first.duration)
        try await poster
        let length = max(first.duration, audio?.duration ?? 0)
        let written = try OutputFiles(of: folder)
        return EncodedPackage(
            renditions: renditions, audio: audio, captions: try captions.map { try sound($0, written) },
            pictures: try pictures(written), duration: length, files: written)
    }

    // MARK: Streams

    /// In the order of the ladder.
    private func renditions(_ files: OutputFiles) async throws -> [EncodedPackage.Stream] {
        try await withThrowingTaskGroup(of: (Int, EncodedPackage.Stream).self) { tasks in
            for (number, rung) in plan.ladder.rungs.enumerated() {
                tasks.addTask { (number, try await rendition(rung, files)) }
            }
            return try await tasks.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func rendition(_ rung: Rung, _ files: OutputFiles) async throws -> EncodedPackage.Stream {
        let stream = try await stream(in: rung.name, files) {
            $0.codec_name == "h264" && $0.width == rung.width && $0.height == rung.height
        }
        let frames = Double(stream.written.packets)
        guard abs(frames / plan.ladder.frameRate.perSecond - stream.duration) < 1.5 / plan.ladder.frameRate.perSecond
        else {
            throw UnsoundOutput(
                "\(rung.name) has \(Int(frames)) frames, and \(stream.duration) seconds in its playlist.")
        }
        // All but the last are whole, so that key frames are where they should be.
        for segment in stream.playlist.segments.dropLast()
        where abs(segment.duration - plan.ladder.segmentSeconds) > 0.002 {
            throw UnsoundOutput("\(rung.name) has a segment of \(segment.duration) seconds.")
        }
        return stream
    }

    private func check(_ stream: EncodedPackage.Stream, against first: EncodedPackage.Stream) throws {
        guard stream.written.packets == first.written.packets,
            stream.playlist.segments.map(\.duration) == first.playlist.segments.map(\.duration),
            abs(stream.written.start - plan.videoStart) < 0.01
        else { throw UnsoundOutput("The renditions \(first.folder) and \(stream.folder) do not fit together.") }
    }

    private func sound(_ files: OutputFiles) async throws -> EncodedPackage.Stream {
        let stream = try await stream(in: PackageOutputs.audioFolder, files) {
            $0.codec_name == "aac" && $0.channels == 2 && $0.sample_rate == "48000"
        }
        guard abs(Double(stream.written.packets) * 1024 / 48_000 - stream.duration) < 0.2 else {
            throw UnsoundOutput(
                "The sound has \(stream.written.packets) frames, and \(stream.duration) seconds in its playlist.")
        }
        return stream
    }

    private func stream(
        in name: String, _ files: OutputFiles, _ isRight: (WrittenStream) -> Bool
    ) async throws -> EncodedPackage.Stream {
        let playlist = try playlist(of: name, files)
        for file in playlist.segments.map(\.name) + [playlist.initialization].compactMap({ $0 }) {
            try files.require("\(name)/\(file)")
        }
        let streams = try await inspect("\(name)/\(PackageOutputs.playlistFile)", "hls")
        guard streams.count == 1, let written = streams.first, isRight(written) else {
            throw UnsoundOutput("The stream in \(name) is another one than was asked for.")
        }
        return EncodedPackage.Stream(folder: name, playlist: playlist, written: written)
    }

    private func playlist(of name: String, _ files: OutputFiles) throws -> MediaPlaylist {
        try MediaPlaylist(reading: try files.text(of: "\(name)/\(PackageOutputs.playlistFile)"))
    }

    private func inspect(_ file: String, _ format: String) async throws -> [WrittenStream] {
        do {
            return try await tools.inspect(file, format)
        } catch let failure as SandboxFailure where !failure.isTransient {
            throw UnsoundOutput("\(file) cannot be read again: \(failure.errors.lastLine)")
        }
    }

    // MARK: Durations

    private func checkDuration(_ video: Double, _ audio: Double?) throws {
        guard let expected = plan.facts.duration else { return }
        let longest = max(video, audio ?? 0)
        guard abs(longest - expected) <= max(tolerance, 1 / plan.ladder.frameRate.perSecond) else {
            throw UnsoundOutput(
                "The file says that it lasts \(expected) seconds and has \(longest): it is damaged or not whole; upload it again."
            )
        }
    }

    private func progressive(_ files: OutputFiles) async throws -> [WrittenStream] {
        try files.require(PackageOutputs.progressiveFile)
        guard try files.startsWithIndex(PackageOutputs.progressiveFile) else {
            throw UnsoundOutput("The file for downloads has its index at its end.")
        }
        return try await inspect(PackageOutputs.progressiveFile, "mov")
    }

    private func check(progressive streams: [WrittenStream], _ duration: Double) throws {
        let frames = streams.first { $0.codec_type == "video" }?.packets ?? 0
        guard streams.count == (plan.facts.audio == nil ? 1 : 2),
            abs(Double(frames) / plan.ladder.frameRate.perSecond - duration) <= tolerance
        else { throw UnsoundOutput("The file for downloads has \(streams.count) streams and \(frames) frames.") }
    }

    // MARK: Pictures

    private func makePoster(_ files: OutputFiles) async throws {
        let folders = [plan.ladder.rungs[0].name] + (plan.facts.audio == nil ? [] : [PackageOutputs.audioFolder])
        let duration = try folders.map { try playlist(of: $0, files).duration }.max() ?? 0
        // The frame that is shown then, not the one after it.
        let rate = plan.ladder.frameRate.perSecond
        let time = (min(10, duration * 0.1) * rate).rounded(.down) / rate
        try await tools.poster(at: time, to: EncodedPackage.poster)
        let files = try OutputFiles(of: folder)
        try files.requirePicture(EncodedPackage.poster)
    }

    private func pictures(_ files: OutputFiles) throws -> [String] {
        let pictures = (1...files.count).map { "\(StoryboardFilters.folder)/\(plan.storyboard.fileName($0))" }
            .prefix { files.has($0) }
        guard !pictures.isEmpty else { throw UnsoundOutput("There is no storyboard.") }
        for picture in pictures { try files.requirePicture(picture) }
        return Array(pictures)
    }

    private func sound(_ track: CaptionTrack, _ files: OutputFiles) throws -> CaptionTrack {
        guard try files.text(of: track.file).hasPrefix("WEBVTT") else {
            throw UnsoundOutput("The captions \(track.file) are no WebVTT.")
        }
        return track
    }
}
