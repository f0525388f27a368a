import MediaProbe

/// A part of a long video that is encoded by itself.
struct Chunk: Sendable, Equatable {
    /// 0 for the first.
    let number: Int
    /// Of the frames that are encoded.
    let firstFrame: Int
    /// Nil for the last chunk, which goes to the video's end.
    let frames: Int?
    let frameRate: FrameRate

    /// In seconds from the video's beginning.
    var start: Double { time(firstFrame) }
    /// Nil for the last.
    var end: Double? { frames.map { time(firstFrame + $0) } }

    private func time(_ frame: Int) -> Double { Double(frame * frameRate.seconds) / Double(frameRate.frames) }
}
