internal import MediaProbe

/// One rendition of a video.
package struct Rung: Sendable, Equatable, Codable {
    /// In pixels: even, square, upright.
    package let width: Int
    package let height: Int
    /// What the video may have at most for long, in bits a second.
    package let maxBitRate: Int

    /// A folder's name: `1920x1080`.
    package var name: String { "\(width)x\(height)" }
    var pixels: Int { width * height }

    /// The largest that fits into the box that people call by its height, in either direction, and is no larger than the
    /// source.
    init(_ size: (width: Int, height: Int), within height: Int, _ rate: FrameRate) {
        let long = Double(height * 16) / 9
        let scale = min(
            1, Double(height) / Double(min(size.width, size.height)), long / Double(max(size.width, size.height)))
        width = Self.even(Double(size.width) * scale, atMost: size.width)
        self.height = Self.even(Double(size.height) * scale, atMost: size.height)
        maxBitRate = Self.bitRate(width * self.height, rate)
    }

    /// Half the pixels need more than half the bits, and so do half the frames.
    private static func bitRate(_ pixels: Int, _ rate: FrameRate) -> Int {
        let share = (Double(pixels) / Double(1920 * 1080)).squareRoot()
        let motion = max(0.3, (rate.perSecond / 30).squareRoot())
        return max(64_000, Int(5_000_000 * share * share.squareRoot() * motion) / 1000 * 1000)
    }

    private static func even(_ value: Double, atMost limit: Int) -> Int {
        let even = Int((value / 2).rounded()) * 2
        return max(2, even > limit ? limit / 2 * 2 : even)
    }
}
