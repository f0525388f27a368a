package import MediaProbe

/// The renditions of a video, the largest first: none is larger than the video itself, and all have key frames and
/// segments at the same times, so that a player may change between them at every segment.
package struct Ladder: Sendable, Equatable, Codable {
    package let frameRate: FrameRate
    package let rungs: [Rung]
    /// Of a group of pictures: its first is a key frame, and none looks beyond it.
    package let framesPerGroup: Int
    /// Of a segment.
    package let groupsPerSegment: Int

    /// In seconds.
    package var segmentSeconds: Double { Double(framesPerGroup * groupsPerSegment) / frameRate.perSecond }

    private static let groupSeconds = 2.0
    private static let heights = [2160, 1440, 1080, 720, 480, 360, 240]

    /// - Parameters:
    ///   - maxHeight: of the largest rendition, as people name it: 1080 allows 1920 by 1080, and 1080 by 1920.
    ///   - maxFrameRate: the source's rate is divided by a whole number until it is no more than this.
    package init(for video: VideoFacts, maxHeight: Int = 1080, maxFrameRate: Int = 60) {
        frameRate = Self.rate(of: video, atMost: maxFrameRate)
        rungs = Self.rungs(for: video.displaySize, maxHeight, frameRate)
        framesPerGroup = max(1, Int((frameRate.perSecond * Self.groupSeconds).rounded()))
        groupsPerSegment = 3
    }

    // MARK: Frame rate

    /// For a source whose frames come at uneven distances, one of the usual rates; a little too many frames are repeated
    /// ones, too few are lost ones.
    private static func rate(of video: VideoFacts, atMost limit: Int) -> FrameRate {
        let limit = FrameRate(limit)
        if video.isStill { return FrameRate(1) }
        guard let average = video.averageRate ?? video.frameRate else { return min(FrameRate(30), limit) }
        if video.hasConstantRate, let rate = video.frameRate { return divided(max(rate, FrameRate(1)), limit) }
        return min(usual(average), limit)
    }

    /// The next one, or one a little below: clocks of cameras are not exact.
    private static func usual(_ average: FrameRate) -> FrameRate {
        func distance(_ rate: FrameRate) -> Double { abs(rate.perSecond / average.perSecond - 1) }
        if let nearest = usualRates.min(by: { distance($0) < distance($1) }), distance(nearest) < 0.02 {
            return nearest
        }
        return usualRates.first { $0 > average } ?? FrameRate(60)
    }

    private static func divided(_ rate: FrameRate, _ limit: FrameRate) -> FrameRate {
        // 59.94 is no more than 60, but 60.1 is.
        let divisor = max(1, Int((rate.perSecond / limit.perSecond).rounded(.up)))
        return divisor == 1 ? rate : reduced(rate.frames, rate.seconds * divisor)
    }

    private static func reduced(_ frames: Int, _ seconds: Int) -> FrameRate {
        let divisor = frames.greatestCommonDivisor(with: seconds)
        return FrameRate(frames / divisor, per: seconds / divisor)
    }

    private static let usualRates = [
        FrameRate(1), FrameRate(5), FrameRate(10), FrameRate(15), FrameRate(24000, per: 1001), FrameRate(24),
        FrameRate(25),
        FrameRate(30000, per: 1001), FrameRate(30), FrameRate(50), FrameRate(60000, per: 1001), FrameRate(60),
    ]

    // MARK: Sizes

    private static func rungs(for size: (width: Int, height: Int), _ maxHeight: Int, _ rate: FrameRate) -> [Rung] {
        var rungs = [Rung(size, within: maxHeight, rate)]
        for height in heights where height < maxHeight {
            let rung = Rung(size, within: height, rate)
            // One that is hardly smaller than the last helps nobody.
            let last = rungs[rungs.count - 1]
            if Double(rung.pixels) <= 0.72 * Double(last.pixels), rung.maxBitRate < last.maxBitRate {
                rungs.append(rung)
            }
        }
        return rungs
    }
}
