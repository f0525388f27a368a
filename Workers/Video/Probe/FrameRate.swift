/// Frames a second, exactly: 30000/1001 is what television calls 29.97.
package struct FrameRate: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
    package let frames: Int
    package let seconds: Int

    package init(_ frames: Int, per seconds: Int = 1) {
        precondition(frames > 0 && seconds > 0, "a frame rate is positive")
        (self.frames, self.seconds) = (frames, seconds)
    }

    /// As ffprobe writes it; nil for `0/0` and what is none.
    package init?(_ text: String) {
        let parts = text.split(separator: "/").map { Int($0) }
        guard parts.count == 2, let frames = parts[0], let seconds = parts[1],
            (1...1_000_000_000).contains(frames), (1...1_000_000_000).contains(seconds)
        else { return nil }
        self.init(frames, per: seconds)
    }

    package var perSecond: Double { Double(frames) / Double(seconds) }

    /// `30000/1001`, as ffmpeg reads it.
    package var description: String { "\(frames)/\(seconds)" }

    package static func < (left: Self, right: Self) -> Bool {
        left.frames * right.seconds < right.frames * left.seconds
    }
}
