import AdaptiveStreaming

/// The files of a package as an ffmpeg writes them, whether it encodes or only puts together: a playlist with segments for
/// each rendition and for the sound, and the file for downloads.
struct PackageOutputs {
    static let progressiveFile = "video.mp4"
    static let audioFolder = "audio"
    static let playlistFile = "index.m3u8"

    /// Where a stream comes from, and how it is coded.
    struct Stream {
        let map: String
        let codec: [String]
    }

    let plan: EncodingPlan

    /// What must be there before it starts.
    var folders: [String] {
        plan.ladder.rungs.map(\.name) + (plan.facts.audio == nil ? [] : [Self.audioFolder])
    }

    func arguments(sound: Stream?, picture: (Int, Rung) -> Stream) -> [String] {
        plan.ladder.rungs.enumerated().flatMap { output($1, picture($0, $1), sound) }
    }

    private func output(_ rung: Rung, _ picture: Stream, _ sound: Stream?) -> [String] {
        let isProgressive = rung == plan.progressiveRung
        let sound = isProgressive ? sound : nil
        let words =
            ["-map", picture.map, "-disposition:v:0", "default"] + (sound.map { ["-map", $0.map] } ?? [])
            + picture.codec + (sound?.codec ?? [])
        guard isProgressive else {
            return words + ["-f", "hls"] + segments(rung.name).flatMap { ["-\($0.0)", $0.1] }
                + ["file:\(rung.name)/\(Self.playlistFile)"]
        }
        return words + ["-f", "tee", tee(rung, hasSound: sound != nil)]
    }

    /// The same frames go into the segments and into the file for downloads.
    private func tee(_ rung: Rung, hasSound: Bool) -> String {
        var targets = [
            target([("select", "v"), ("f", "hls")] + segments(rung.name), "\(rung.name)/\(Self.playlistFile)"),
            target([("f", "mp4"), ("movflags", "+faststart")], Self.progressiveFile),
        ]
        if hasSound {
            let start = ("output_ts_offset", MediaPlaylist.decimal(plan.audioStart))
            targets.append(
                target(
                    [("select", "a"), ("f", "hls"), start] + segments(Self.audioFolder),
                    "\(Self.audioFolder)/\(Self.playlistFile)"))
        }
        return targets.joined(separator: "|")
    }

    private func target(_ options: [(String, String)], _ file: String) -> String {
        "[\(options.map { "\($0.0)=\($0.1)" }.joined(separator: ":"))]\(file)"
    }

    private func segments(_ folder: String) -> [(String, String)] {
        [
            ("hls_time", MediaPlaylist.decimalBelow(plan.ladder.segmentSeconds)), ("hls_playlist_type", "vod"),
            ("hls_segment_type", "fmp4"), ("hls_segment_options", "movflags=+cmaf"),
            ("hls_fmp4_init_filename", "init.mp4"), ("hls_segment_filename", "\(folder)/%05d.m4s"),
        ]
    }
}
