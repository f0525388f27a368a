/// What segments need of a network, in bits a second, measured from their files.
package struct Bandwidth: Sendable, Equatable, Codable {
    /// Of the segment that needs the most.
    package let peak: Int
    package let average: Int

    package init(peak: Int, average: Int) { (self.peak, self.average) = (peak, average) }

    /// - Parameter segments: how long each is in seconds, and its bytes.
    package init(of segments: [(seconds: Double, bytes: Int)]) {
        average = Self.rate(segments.reduce(0) { $0 + $1.bytes }, segments.reduce(0) { $0 + $1.seconds })
        // RFC 8216, 4.1: of segments in a row that are half as long as the longest, or longer; a short rest counts with
        // the one before it.
        let longest = segments.map(\.seconds).max() ?? 0
        let alone = segments.filter { $0.seconds >= longest / 2 }.map { Self.rate($0.bytes, $0.seconds) }
        let pairs = zip(segments, segments.dropFirst()).filter { $1.seconds < longest / 2 }
            .map { Self.rate($0.bytes + $1.bytes, $0.seconds + $1.seconds) }
        peak = max(average, alone.max() ?? 0, pairs.max() ?? 0)
    }

    package static func + (left: Self, right: Self) -> Self {
        Self(peak: left.peak + right.peak, average: left.average + right.average)
    }

    private static func rate(_ bytes: Int, _ seconds: Double) -> Int {
        seconds > 0 ? Int((Double(bytes) * 8 / seconds).rounded(.up)) : 0
    }
}
