internal import Platform

/// Waits that double up to a cap, each with full jitter.
struct BackOff {
    private static let base = Duration.milliseconds(100)

    var cap: Duration = .seconds(2)
    private var failures = 0
    /// When the last wait is over.
    private(set) var until = MonotonicTime.now

    init(cap: Duration = .seconds(2)) { self.cap = cap }

    mutating func next() -> Duration {
        let wait = min(cap, Self.base * (1 << min(failures, 16))) * Double.random(in: 0.1...1)
        failures += 1
        until = .now + wait
        return wait
    }
}
