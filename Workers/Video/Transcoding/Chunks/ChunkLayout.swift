import MediaProbe

/// Where a long video is divided: at the beginnings of segments, so that chunks come together as what one encoder would have
/// made in one go.
struct ChunkLayout: Sendable, Codable, Equatable {
    /// What is shorter than so many chunks is done sooner in one go.
    private static let fewest = 3.0
    /// A last chunk that is shorter is a part of the one before, as a share of a chunk.
    private static let leastShare = 0.25

    let frameRate: FrameRate
    let framesPerChunk: Int
    let count: Int

    /// Nil for a video that is transcoded in one go: a short one, a still picture, one that does not say how long it is.
    /// - Parameter chunkSeconds: what a chunk is to have; it has as many whole segments as come next to that.
    init?(_ plan: EncodingPlan, chunkSeconds: Double) {
        guard let duration = plan.facts.duration, !plan.facts.video.isStill, duration > Self.fewest * chunkSeconds
        else { return nil }
        let ladder = plan.ladder
        let segments = max(1, (chunkSeconds / ladder.segmentSeconds).rounded())
        frameRate = ladder.frameRate
        framesPerChunk = Int(segments) * ladder.framesPerGroup * ladder.groupsPerSegment
        let chunks = duration * frameRate.perSecond / Double(framesPerChunk)
        let rest = chunks - chunks.rounded(.down)
        count = Int(chunks.rounded(.down)) + (rest < Self.leastShare ? 0 : 1)
        guard count > 1 else { return nil }
    }

    var numbers: Range<Int> { 0..<count }

    func chunk(_ number: Int) -> Chunk {
        Chunk(
            number: number, firstFrame: number * framesPerChunk, frames: number == count - 1 ? nil : framesPerChunk,
            frameRate: frameRate)
    }
}
