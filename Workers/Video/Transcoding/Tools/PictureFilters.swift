import AdaptiveStreaming
import MediaProbe

/// What is done to pictures between the decoder and the encoders: one chain for all, and then a branch for each rendition.
struct PictureFilters {
    let plan: EncodingPlan
    /// Of the input.
    let stream: Int
    /// Nil for all of the video.
    var chunk: Chunk?

    /// From the input to `[v0]`, `[v1]` and so on, one a rendition; and, when there is a name for it, to one more branch with
    /// pictures of the first one's size.
    func graph(besides more: String? = nil) -> [String] {
        let rungs = plan.ladder.rungs
        let branches = rungs.indices.map { "[b\($0)]" } + [more].compactMap { $0.map { "[\($0)]" } }
        let split = "[0:\(stream)]\(chain.joined(separator: ",")),split=\(branches.count)\(branches.joined())"
        let scaled = rungs.enumerated().map { number, rung in
            number == 0
                ? "[b0]null[v0]" : "[b\(number)]scale=\(rung.width):\(rung.height):flags=bicubic,setsar=1[v\(number)]"
        }
        return [split] + scaled
    }

    private var chain: [String] {
        let video = plan.facts.video
        var chain = chunk.map { clock(of: $0) } ?? []
        if video.isInterlaced { chain.append("bwdif=mode=send_frame") }
        chain += repeated(every: 1)
        chain.append("fps=\(plan.ladder.frameRate):start_time=0")
        // A gap in the video may go on behind the chunk's end.
        if let frames = chunk?.frames { chain.append("tpad=stop=-1:stop_mode=clone,trim=end_frame=\(frames)") }
        let first = plan.ladder.rungs[0]
        chain.append("scale=\(first.width):\(first.height):flags=bicubic,setsar=1")
        if video.isHighDynamicRange { chain.append(Self.toneMapping) }
        return chain + ["format=yuv420p"]
    }

    /// A still picture as often as a storyboard has it, from the input to the name. By itself: for each file of a storyboard
    /// that came from the branch of the renditions, all of their frames until then would wait in memory.
    func still(every interval: Double, to name: String) -> String {
        let chain = repeated(every: Int(interval)) + ["format=yuv420p"]
        return "[0:\(stream)]\(chain.joined(separator: ","))[\(name)]"
    }

    /// A cover's own clock is anything; from here on it ticks by so many seconds. It is repeated as soon as it is there: its
    /// stream ends with the file, and until then all of the sound would wait for its first frame.
    private func repeated(every seconds: Int) -> [String] {
        guard plan.facts.video.isStill, let duration = plan.facts.duration else { return [] }
        return ["loop=loop=-1:size=1,settb=1,setpts=N*\(seconds),trim=duration=\(MediaPlaylist.decimal(duration))"]
    }

    /// Sets the clock to zero at the chunk's first frame. In whole ticks of a clock that counts both the source's times and
    /// the frames: any rounding would make other frames of it here and there than those of one go.
    private func clock(of chunk: Chunk) -> [String] {
        let rate = plan.ladder.frameRate
        let ticks = Self.commonMultiple(plan.facts.video.ticks, rate.frames)
        let start = chunk.firstFrame * rate.seconds * (ticks / rate.frames)
        return ["settb=1/\(ticks)", "setpts=PTS-\(start)"]
    }

    /// Of what is too large a number for ffmpeg, something near enough.
    private static func commonMultiple(_ a: Int, _ b: Int) -> Int {
        let multiple = a / a.greatestCommonDivisor(with: b) * b
        return multiple < Int(Int32.max) ? multiple : b
    }

    /// From as bright as the sun to what a usual screen shows, in light that is added up as eyes do (ITU-R BT.2390 asks for
    /// a curve; Hable's keeps faces as they are).
    private static let toneMapping =
        "zscale=transfer=linear:npl=100,format=gbrpf32le,zscale=primaries=bt709,tonemap=tonemap=hable:desat=0,"
        + "zscale=transfer=bt709:matrix=bt709:range=tv"
}
