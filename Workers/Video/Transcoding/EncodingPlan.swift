import AdaptiveStreaming
import MediaProbe

/// All that is decided before the encoders start. Pieces of a video that are encoded apart share it, so that they fit
/// together.
struct EncodingPlan: Sendable, Codable, Equatable {
    /// What is heard as equally loud everywhere, in LUFS (EBU R128 measures it; -16 is usual for devices that are held in
    /// a hand).
    static let loudnessTarget = -16.0
    /// A whisper is not made a shout.
    private static let maxGain = 25.0

    let facts: MediaFacts
    let ladder: Ladder
    let storyboard: Storyboard
    /// Measured of the source, in LUFS; nil for a silent one.
    var loudness: Double?

    init(_ facts: MediaFacts, _ rules: TranscodingRules) {
        self.facts = facts
        ladder = Ladder(for: facts.video, maxHeight: rules.maxHeight, maxFrameRate: rules.maxFrameRate)
        storyboard = Storyboard(for: facts.video.displaySize, duration: facts.duration)
    }

    /// Of the sound, in decibels.
    var gain: Double { loudness.map { min(Self.maxGain, Self.loudnessTarget - $0) } ?? 0 }

    /// How many frames in a row may be made from later ones. They delay the first frame, in a slow video by seconds.
    var backwardFrames: Int { ladder.frameRate.perSecond < 10 ? 0 : 3 }

    /// When the first frame is shown, in seconds of the stream's own time: with three such frames, of which one is made
    /// from another, it is the time of two.
    var videoStart: Double { backwardFrames == 0 ? 0 : 2 / ladder.frameRate.perSecond }

    /// When the first sound is to be heard. The encoder's own delay, a frame of AAC, counts already.
    var audioStart: Double { max(0, videoStart - 1024.0 / 48_000) }

    /// The rendition that is one file as well: what is enough for a download.
    var progressiveRung: Rung {
        ladder.rungs.first { min($0.width, $0.height) <= 720 } ?? ladder.rungs[ladder.rungs.count - 1]
    }

    /// How many frames there will be; nil when nobody knows.
    var expectedFrames: Double? { facts.duration.map { max(1, $0 * ladder.frameRate.perSecond) } }

    /// Of all that will be written, with room to spare; in bytes.
    func outputBytes(sourceBytes: Int) -> Int {
        let bitRate = ladder.rungs.reduce(progressiveRung.maxBitRate) { $0 + $1.maxBitRate } + 512_000
        let byRate = facts.duration.map { Int($0 * Double(bitRate) / 8 * 1.5) } ?? 4 << 30
        return max(4 * sourceBytes, byRate) + (200 << 20)
    }
}
