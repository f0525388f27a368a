/// All files of a video, as they are published.
struct FinishedPackage: Sendable {
    let plan: EncodingPlan
    let package: EncodedPackage
    /// Their playlists.
    let captions: [String]
    /// Whoever has no key must not have the file for downloads either.
    let isEncrypted: Bool

    /// In the order in which they are written: a playlist after what it names, the master playlist last.
    var files: [String] {
        let streams = package.streams.flatMap { stream in
            ([stream.playlist.initialization].compactMap { $0 } + stream.playlist.segments.map(\.name)).map {
                "\(stream.folder)/\($0)"
            }
        }
        let playlists = package.streams.map { "\($0.folder)/\(PackageOutputs.playlistFile)" }
        return streams + (isEncrypted ? [] : [PackageOutputs.progressiveFile]) + [EncodedPackage.poster]
            + package.pictures
            + package.captions.map(\.file) + [StreamWriter.storyboardText] + playlists + captions
            + [StreamWriter.masterFile]
    }

    static func mediaType(_ name: String) -> String {
        switch name.split(separator: ".").last {
        case "m3u8": "application/vnd.apple.mpegurl"
        case "m4s", "mp4": "video/mp4"
        case "vtt": "text/vtt"
        case "jpg": "image/jpeg"
        default: "application/octet-stream"
        }
    }
}
