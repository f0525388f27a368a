import AdaptiveStreaming
import FoundationEssentials
import MediaProbe
import MediaSandbox

/// Looks at all that was written before anybody else does: every file is probed again, packet by packet, and the
/// renditions must agree with each other and with the source.
struct Verification {
    private static let overviewFile = "overview.m3u8"

    let plan: EncodingPlan
    let folder: JobFolder
    let tools: MediaTools

    private var tolerance: Double { plan.ladder.segmentSeconds }

    /// - Throws: ``UnsoundOutput``.
    func package(_ captions: [CaptionTrack]) async throws -> EncodedPackage {
        let files = try OutputFiles(of: folder)
        async let all = streams(files)
        async let progressive = progressive(files)
        async let poster: Void = makePoster(files)
        let streams = try await all
        let renditions = Array(streams.prefix(plan.ladder.rungs.count))
        guard let first = renditions.first else { throw UnsoundOutput("There is no rendition.") }
        for other in renditions { try check(other, against: first) }
        let audio = plan.facts.audio == nil ? nil : streams.last
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

    /// The renditions in the order of the ladder, and then the sound. One program looks at all of them: to start one
    /// takes longer than to read most.
    private func streams(_ files: OutputFiles) async throws -> [EncodedPackage.Stream] {
        let folders = plan.ladder.rungs.map(\.name) + (plan.facts.audio == nil ? [] : [PackageOutputs.audioFolder])
        let playlists = try folders.map { try wholePlaylist(of: $0, files) }
        let written = try await inspect(try overview(of: folders), "hls")
        guard written.count == folders.count else {
            throw UnsoundOutput("There are \(written.count) streams instead of \(folders.count).")
        }
        let streams = folders.indices.map {
            EncodedPackage.Stream(folder: folders[$0], playlist: playlists[$0], written: written[$0])
        }
        for (rung, stream) in zip(plan.ladder.rungs, streams) { try check(stream, rung) }
        if plan.facts.audio != nil, let sound = streams.last { try check(sound: sound) }
        return streams
    }

    /// A playlist of playlists, where programs cannot write.
    private func overview(of folders: [String]) throws -> String {
        let lines = folders.flatMap {
            ["#EXT-X-STREAM-INF:BANDWIDTH=1", "../out/\($0)/\(PackageOutputs.playlistFile)"]
        }
        let text = (["#EXTM3U"] + lines + [""]).joined(separator: "\n")
        try text.write(toFile: folder.input(Self.overviewFile), atomically: false, encoding: .utf8)
        return "../in/\(Self.overviewFile)"
    }

    private func check(_ stream: EncodedPackage.Stream, _ rung: Rung) throws {
        let written = stream.written
        try require(
            written.codec_name == "h264" && written.width == rung.width && written.height == rung.height, stream)
        let frames = Double(written.packets)
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
    }

    private func check(_ stream: EncodedPackage.Stream, against first: EncodedPackage.Stream) throws {
        guard stream.written.packets == first.written.packets,
            stream.playlist.segments.map(\.duration) == first.playlist.segments.map(\.duration),
            abs(stream.written.start - plan.videoStart) < 0.01
        else { throw UnsoundOutput("The renditions \(first.folder) and \(stream.folder) do not fit together.") }
    }

    private func check(sound: EncodedPackage.Stream) throws {
        let written = sound.written
        try require(written.codec_name == "aac" && written.channels == 2 && written.sample_rate == "48000", sound)
        guard abs(Double(written.packets) * 1024 / 48_000 - sound.duration) < 0.2 else {
            throw UnsoundOutput(
                "The sound has \(written.packets) frames, and \(sound.duration) seconds in its playlist.")
        }
    }

    private func require(_ isRight: Bool, _ stream: EncodedPackage.Stream) throws {
        guard isRight else {
            throw UnsoundOutput("The stream in \(stream.folder) is another one than was asked for.")
        }
    }

    /// With all the files that it names.
    private func wholePlaylist(of name: String, _ files: OutputFiles) throws -> MediaPlaylist {
        let playlist = try playlist(of: name, files)
        for file in playlist.segments.map(\.name) + [playlist.initialization].compactMap({ $0 }) {
            try files.require("\(name)/\(file)")
        }
        return playlist
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
