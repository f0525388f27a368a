import AdaptiveStreaming
import FoundationEssentials
import MediaSandbox

/// Writes the playlists of a package, and encrypts its segments when that is asked for.
struct StreamWriter {
    static let masterFile = "master.m3u8"
    static let storyboardText = "storyboard/storyboard.vtt"

    let plan: EncodingPlan
    let folder: JobFolder
    /// Nil leaves the segments as they are.
    let seal: SegmentSeal?

    func write(_ package: EncodedPackage) throws -> FinishedPackage {
        for stream in package.streams { try write(stream, package.files) }
        let captions = try package.captions.enumerated().map { try write($1, $0, package) }
        try write(plan.storyboard.webVTT(duration: package.duration), to: Self.storyboardText)
        try write(master(package, captions).text, to: Self.masterFile)
        return FinishedPackage(
            plan: plan, package: package, captions: captions.map(\.playlist), isEncrypted: seal != nil)
    }

    private func write(_ stream: EncodedPackage.Stream, _ files: OutputFiles) throws {
        var playlist = stream.playlist
        if let seal {
            for (number, segment) in playlist.segments.enumerated() {
                let name = "\(stream.folder)/\(segment.name)"
                let sealed = seal.sealed(try files.contents(of: name), segment: number)
                try Data(sealed).write(to: URL(filePath: folder.output(name)))
            }
            playlist.key = seal.address
        }
        try write(playlist.text, to: "\(stream.folder)/\(PackageOutputs.playlistFile)")
    }

    private func write(
        _ track: CaptionTrack, _ number: Int, _ package: EncodedPackage
    ) throws -> MasterPlaylist.Captions {
        let text = try package.files.text(of: track.file)
        guard let mapped = WebVTT.mapped(text, start: plan.videoStart) else {
            throw UnsoundOutput("The captions \(track.file) are no WebVTT.")
        }
        try write(mapped, to: track.file)
        let playlist = "captions-\(number).m3u8"
        let segments = [MediaPlaylist.Segment(duration: package.duration, name: track.file)]
        try write(MediaPlaylist(initialization: nil, segments: segments).text, to: playlist)
        let name = track.name ?? track.language ?? "Captions"
        // Two of one name would be one to players.
        let isTaken = package.captions.prefix(number).contains { ($0.name ?? $0.language ?? "Captions") == name }
        return MasterPlaylist.Captions(
            playlist: playlist, name: isTaken ? "\(name) (\(number + 1))" : name, language: track.language)
    }

    private func master(_ package: EncodedPackage, _ captions: [MasterPlaylist.Captions]) throws -> MasterPlaylist {
        let sound = package.audio.map { Self.bandwidth($0, package.files) }
        let variants = try zip(plan.ladder.rungs, package.renditions).map { rung, stream in
            let start = try package.files.contents(of: "\(stream.folder)/\(stream.playlist.initialization ?? "")")
            guard let codec = CodecString.video(initialization: start) else {
                throw UnsoundOutput("The rendition \(stream.folder) does not say how it is coded.")
            }
            let picture = Self.bandwidth(stream, package.files)
            return MasterPlaylist.Variant(
                playlist: "\(stream.folder)/\(PackageOutputs.playlistFile)", width: rung.width, height: rung.height,
                frameRate: plan.ladder.frameRate, codecs: [codec] + (sound == nil ? [] : [CodecString.audio]),
                bandwidth: sound.map { picture + $0 } ?? picture)
        }
        return MasterPlaylist(
            variants: variants,
            audio: package.audio.map { "\($0.folder)/\(PackageOutputs.playlistFile)" }, captions: captions)
    }

    static func bandwidth(_ stream: EncodedPackage.Stream, _ files: OutputFiles) -> Bandwidth {
        Bandwidth(
            of: stream.playlist.segments.map { ($0.duration, files.bytes("\(stream.folder)/\($0.name)")) })
    }

    private func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: folder.output(name)))
    }
}
