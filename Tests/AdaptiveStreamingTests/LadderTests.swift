import AdaptiveStreaming
import MediaProbe
import TestSupport
import Testing

@Suite("The ladder of renditions")
struct LadderTests {
    private func video(
        _ width: Int, _ height: Int, rate: FrameRate = FrameRate(30), average: FrameRate? = nil, aspect: Double = 1,
        rotation: Int = 0, isStill: Bool = false
    ) -> VideoFacts {
        VideoFacts(
            width: width, height: height, pixelAspect: aspect, rotation: rotation, frameRate: rate,
            averageRate: average ?? rate, isStill: isStill)
    }

    @Test(arguments: [
        (1920, 1080, ["1920x1080", "1280x720", "854x480", "640x360", "426x240"]),
        (3840, 2160, ["1920x1080", "1280x720", "854x480", "640x360", "426x240"]),
        (1080, 1920, ["1080x1920", "720x1280", "480x854", "360x640", "240x426"]),
        (640, 360, ["640x360", "426x240"]), (1440, 1080, ["1440x1080", "960x720", "640x480", "480x360", "320x240"]),
        (2560, 1080, ["1920x810", "1280x540", "854x360", "640x270", "426x180"]),
        (600, 500, ["600x500", "432x360", "288x240"]), (17, 3, ["16x2"]), (1, 1, ["2x2"]),
    ])
    func `has the sizes that people know`(width: Int, height: Int, sizes: [String]) {
        #expect(Ladder(for: video(width, height)).rungs.map(\.name) == sizes)
    }

    @Test func `goes to 4K where that is allowed`() {
        #expect(
            Ladder(for: video(3840, 2160), maxHeight: 2160).rungs.prefix(2).map(\.name) == ["3840x2160", "2560x1440"])
    }

    @Test func `never enlarges, has even sizes in the source's shape, and bit rates that fall`() {
        var random = SeededGenerator(seed: 4711)
        for _ in 0..<5000 {
            let source = video(
                .random(in: 2...8000, using: &random), .random(in: 2...8000, using: &random),
                aspect: [1, 1, 8.0 / 9, 64.0 / 45].randomElement(using: &random)!,
                rotation: [0, 90, 180, 270].randomElement(using: &random)!)
            let (width, height) = source.displaySize
            let ladder = Ladder(for: source, maxHeight: [720, 1080, 2160].randomElement(using: &random)!)
            #expect((1...7).contains(ladder.rungs.count))
            for rung in ladder.rungs {
                #expect(rung.width % 2 == 0 && rung.height % 2 == 0 && rung.width >= 2 && rung.height >= 2)
                #expect(rung.width <= max(2, width) && rung.height <= max(2, height))
                // To the pixel that evenness takes.
                let exact = Double(rung.width) * Double(height) / Double(width)
                #expect(abs(Double(rung.height) - exact) <= 2 + 2 * Double(height) / Double(width))
            }
            for (larger, smaller) in zip(ladder.rungs, ladder.rungs.dropFirst()) {
                #expect(smaller.maxBitRate < larger.maxBitRate && smaller.width <= larger.width)
            }
        }
    }

    @Test(arguments: [
        (FrameRate(30), FrameRate(30), FrameRate(30)), (FrameRate(120), FrameRate(120), FrameRate(60)),
        (FrameRate(30000, per: 1001), FrameRate(30000, per: 1001), FrameRate(30000, per: 1001)),
        (FrameRate(240000, per: 1001), FrameRate(240000, per: 1001), FrameRate(60000, per: 1001)),
        (FrameRate(1000), FrameRate(24), FrameRate(24)),
        (FrameRate(90000), FrameRate(2997, per: 100), FrameRate(30000, per: 1001)),
        (FrameRate(1, per: 10), FrameRate(1, per: 10), FrameRate(1)),
        (FrameRate(1000), FrameRate(999), FrameRate(1000, per: 17)),
        (FrameRate(1_000_000), FrameRate(700), FrameRate(60)),
    ])
    func `has a rate that players know`(rate: FrameRate, average: FrameRate, expected: FrameRate) {
        #expect(Ladder(for: video(640, 360, rate: rate, average: average)).frameRate == expected)
    }

    @Test func `has whole groups of pictures of about two seconds in segments of about six`() {
        for rate in [
            FrameRate(1), FrameRate(15), FrameRate(24000, per: 1001), FrameRate(25), FrameRate(60),
            FrameRate(1000, per: 17),
        ] {
            let ladder = Ladder(for: video(640, 360, rate: rate))
            #expect((5.5...6.5).contains(ladder.segmentSeconds))
            #expect((1.5...2.5).contains(Double(ladder.framesPerGroup) / rate.perSecond))
        }
    }
}
