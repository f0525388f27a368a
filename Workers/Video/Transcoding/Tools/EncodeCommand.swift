import AdaptiveStreaming
import MediaProbe

/// The arguments of the one ffmpeg that decodes a video once and encodes all it becomes.
struct EncodeCommand: Sendable {
    static let progressiveFile = "video.mp4"
    static let audioFolder = "audio"
    static let storyboardFolder = "storyboard"
    static let playlistFile = "index.m3u8"

    let plan: EncodingPlan
    let preset: String
    let threads: Int

    /// What must be there before it starts.
    var folders: [String] {
        plan.ladder.rungs.map(\.name) + [Self.storyboardFolder] + (plan.facts.audio == nil ? [] : [Self.audioFolder])
    }

    /// Behind the input.
    var arguments: [String] {
        var words = ["-filter_complex_threads", String(threads), "-filter_complex", graph]
        for (number, rung) in plan.ladder.rungs.enumerated() { words += output(number, rung) }
        let pictures = "\(Self.storyboardFolder)/\(plan.storyboard.fileName(0).replacing("0", with: "%d"))"
        words += ["-map", "[storyboard]", "-fps_mode", "passthrough", "-q:v", "5", "-f", "image2", "file:\(pictures)"]
        return words
    }

    // MARK: Filters

    private var graph: String {
        (videoFilters + [audioFilter].compactMap { $0 }).joined(separator: ";")
    }

    private var videoFilters: [String] {
        let rungs = plan.ladder.rungs
        let first = rungs[0]
        var chain: [String] = []
        let video = plan.facts.video
        if video.isInterlaced { chain.append("bwdif=mode=send_frame") }
        if video.isStill, let duration = plan.facts.duration {
            // A cover's own clock is anything; from here on it ticks by the second.
            chain.append(
                "tpad=stop=-1:stop_mode=clone,settb=1,setpts=N,trim=duration=\(MediaPlaylist.decimal(duration))")
        }
        chain.append("fps=\(plan.ladder.frameRate):start_time=0")
        chain.append("scale=\(first.width):\(first.height):flags=bicubic,setsar=1")
        if video.isHighDynamicRange { chain.append(Self.toneMapping) }
        chain.append("format=yuv420p")
        let branches = rungs.indices.map { "[b\($0)]" }.joined() + "[pictures]"
        let split = "[0:\(video.index)]\(chain.joined(separator: ",")),split=\(rungs.count + 1)\(branches)"
        let scaled = rungs.enumerated().map { number, rung in
            number == 0
                ? "[b0]null[v0]" : "[b\(number)]scale=\(rung.width):\(rung.height):flags=bicubic,setsar=1[v\(number)]"
        }
        return [split] + scaled + [pictures]
    }

    /// From as bright as the sun to what a usual screen shows, in light that is added up as eyes do (ITU-R BT.2390 asks for
    /// a curve; Hable's keeps faces as they are).
    private static let toneMapping =
        "zscale=transfer=linear:npl=100,format=gbrpf32le,zscale=primaries=bt709,tonemap=tonemap=hable:desat=0,"
        + "zscale=transfer=bt709:matrix=bt709:range=tv"

    private var pictures: String {
        let board = plan.storyboard
        let due = "isnan(prev_selected_t)+gte(t-prev_selected_t\\,\(MediaPlaylist.decimal(board.interval - 0.001)))"
        return "[pictures]select='\(due)',scale=\(board.width):\(board.height),setsar=1,"
            + "tile=\(Storyboard.columns)x\(Storyboard.rows)[storyboard]"
    }

    private var audioFilter: String? {
        guard let audio = plan.facts.audio else { return nil }
        var chain = AudioFilters.stereo
        if plan.gain != 0 {
            chain += ",volume=\(MediaPlaylist.decibels(plan.gain)),alimiter=limit=0.84:level=disabled"
        }
        return "[0:\(audio.index)]\(chain),aresample=48000[a]"
    }

    // MARK: Outputs

    private func output(_ number: Int, _ rung: Rung) -> [String] {
        let isProgressive = rung == plan.progressiveRung
        let hasAudio = isProgressive && plan.facts.audio != nil
        var words =
            ["-map", "[v\(number)]", "-disposition:v:0", "default"] + (hasAudio ? ["-map", "[a]"] : []) + encoder(rung)
        if hasAudio { words += ["-c:a", "aac", "-b:a", "128k", "-ar", "48000", "-ac", "2"] }
        let playlist = "\(rung.name)/\(Self.playlistFile)"
        guard isProgressive else {
            return words + ["-f", "hls"] + hls(rung.name).flatMap { ["-\($0.0)", $0.1] } + ["file:\(playlist)"]
        }
        return words + ["-f", "tee", tee(rung, hasAudio: hasAudio)]
    }

    /// The same frames go into the segments and into the file for downloads.
    private func tee(_ rung: Rung, hasAudio: Bool) -> String {
        func target(_ options: [(String, String)], _ file: String) -> String {
            "[\(options.map { "\($0.0)=\($0.1)" }.joined(separator: ":"))]\(file)"
        }
        var targets = [
            target(
                [("select", "v"), ("f", "hls")] + hls(rung.name), "\(rung.name)/\(Self.playlistFile)"),
            target([("f", "mp4"), ("movflags", "+faststart")], Self.progressiveFile),
        ]
        if hasAudio {
            let start = ("output_ts_offset", MediaPlaylist.decimal(plan.audioStart))
            targets.append(
                target(
                    [("select", "a"), ("f", "hls"), start] + hls(Self.audioFolder),
                    "\(Self.audioFolder)/\(Self.playlistFile)"))
        }
        return targets.joined(separator: "|")
    }

    private func encoder(_ rung: Rung) -> [String] {
        let group = String(plan.ladder.framesPerGroup)
        return [
            "-c:v", "libx264", "-preset", preset, "-crf", "22", "-maxrate", String(rung.maxBitRate),
            "-bufsize", String(2 * rung.maxBitRate), "-profile:v", "high", "-g", group, "-keyint_min", group,
            "-sc_threshold", "0", "-bf", String(plan.backwardFrames), "-flags", "+cgop+global_header",
            "-threads", String(threads),
        ]
    }

    private func hls(_ folder: String) -> [(String, String)] {
        [
            ("hls_time", MediaPlaylist.decimalBelow(plan.ladder.segmentSeconds)), ("hls_playlist_type", "vod"),
            ("hls_segment_type", "fmp4"), ("hls_segment_options", "movflags=+cmaf"),
            ("hls_fmp4_init_filename", "init.mp4"), ("hls_segment_filename", "\(folder)/%05d.m4s"),
        ]
    }
}
