internal import Platform

/// Waits that double up to a cap, each with jitter, and never none at all.
struct BackOff {
    private static let base = Duration.milliseconds(100)

    var cap: Duration = .seconds(2)
    private var failures = 0
    /// When the last wait is over.
    private(set) var until = MonotonicTime.now

    init(cap: Duration = .seconds(2)) { self.cap = cap }

    mutating func next() -> Duration {
        failures += 1
        let wait = Duration.backOff(base: Self.base, cap: cap, failures: failures, jitter: 0.1...1)
        until = .now + wait
        return wait
    }
}
