extension Duration {
    /// A wait before the next attempt: it doubles with each failure up to a cap, and jitter spreads those who wait.
    /// - Parameters:
    ///   - failures: attempts that failed so far, at least 1.
    ///   - jitter: the part of the wait that is drawn from; all of it is full jitter.
    public static func backOff(
        base: Duration, cap: Duration, failures: Int, jitter: ClosedRange<Double> = 0...1
    ) -> Duration {
        min(cap, base * (1 << min(failures - 1, 16))) * Double.random(in: jitter)
    }
}
