import MediaSandbox
import Platform
import Synchronization

/// How far an encoder is, and how long it will take.
final class EncodingProgress: Sendable {
    private static let lineEvery = Duration.seconds(30)

    private let frames: Double?
    private let range: (from: Double, to: Double)
    private let began = MonotonicTime.now
    private let lastLine = Mutex(MonotonicTime.now)

    init(_ plan: EncodingPlan, from start: Double, to end: Double) {
        (frames, range) = (plan.expectedFrames, (start, end))
    }

    /// How much of the whole job is done.
    struct Estimate: Sendable {
        let share: Double
        /// If what is left goes as fast as what is done.
        let left: Duration?
    }

    /// Nil when nobody knows how long the video is.
    func estimate(_ report: ProgressReport) -> Estimate? {
        fraction(report).map { Estimate(share: range.from + (range.to - range.from) * $0, left: left($0)) }
    }

    /// For the log, now and then.
    func line(_ report: ProgressReport) -> String? {
        let now = MonotonicTime.now
        let isDue = lastLine.withLock { last in
            guard now.since(last) >= Self.lineEvery else { return false }
            last = now
            return true
        }
        guard isDue else { return nil }
        guard let fraction = fraction(report), let left = left(fraction) else {
            return "Encoding, frame \(report.frame ?? 0)"
        }
        return "Encoding, \(Int(fraction * 100)) % done, \(left.components.seconds) s left"
    }

    private func left(_ fraction: Double) -> Duration? {
        fraction > 0 ? MonotonicTime.now.since(began) * ((1 - fraction) / fraction) : nil
    }

    private func fraction(_ report: ProgressReport) -> Double? {
        guard let frames, let frame = report.frame else { return nil }
        return min(1, max(0, Double(frame) / frames))
    }
}
