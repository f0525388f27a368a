import AdaptiveStreaming
import MediaProbe

/// The arguments of an ffmpeg that copies a part of an upload: nothing is decoded, and all frames keep their times.
struct CutCommand: Sendable {
    /// Frames are made from others that come later, a dozen or so; and where an upload has its key frames, it says only
    /// roughly.
    private static let margin = (seconds: 2.0, frames: 20.0)

    enum Part: Sendable {
        /// The pictures of a chunk, from a key frame before it on. Where none is found so near, it goes back further: twice
        /// as far for each `step`.
        case pictures(Chunk, step: Int)
        case sound
    }

    /// After so many steps the upload is read from its beginning.
    static let steps = 6

    let facts: MediaFacts
    let part: Part

    /// What keeps all that a container of films says of its streams is another one of its kind; all others are kept well
    /// enough by Matroska.
    static func container(for source: ContainerFormat) -> ContainerFormat { source == .mov ? .mov : .matroska }

    /// Before the input.
    var start: [String] {
        var words = ["-fflags", "+genpts", "-copyts", "-start_at_zero"]
        guard case .pictures(let chunk, let step) = part else { return words }
        let start = chunk.start - margin * Double(1 << step)
        if start > 0, step < Self.steps { words += ["-ss", MediaPlaylist.decimal(start)] }
        if let end = chunk.end { words += ["-to", MediaPlaylist.decimal(end + margin)] }
        return words
    }

    /// Behind the input.
    func output(_ file: String) -> [String] {
        let map =
            switch part {
            case .pictures: ["-map", "0:\(facts.video.index)", "-copypriorss:v", "1"]
            case .sound: ["-map", "0:\(facts.audio?.index ?? 0)"]
            }
        return map + ["-c", "copy", "-map_metadata", "-1", "-map_chapters", "-1"] + muxer + ["file:\(file)"]
    }

    private var margin: Double {
        max(Self.margin.seconds, Self.margin.frames / max(0.1, facts.video.averageRate?.perSecond ?? 1))
    }

    private var muxer: [String] {
        guard facts.container == .mov else { return ["-f", "matroska"] }
        let isSound = if case .sound = part { true } else { false }
        let codec = isSound ? facts.audio?.codec ?? "" : facts.video.codec
        // What begins late says so in this clock, which would else count milliseconds.
        let clock = isSound ? [] : ["-movie_timescale", String(facts.video.ticks)]
        return clock + ["-f", Self.isOfFilms(codec) ? "mov" : "mp4"]
    }

    /// MP4 has what the web has, QuickTime what cameras and editors have.
    private static func isOfFilms(_ codec: String) -> Bool {
        ["prores", "rawvideo", "mjpeg", "png"].contains(codec) || codec.hasPrefix("pcm_")
    }
}
