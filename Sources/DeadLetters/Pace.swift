internal import Jobs
internal import Platform

/// Lets so many a second through, and none sooner because nobody asked for a while.
struct Pace: Sendable {
    private let rate: ReplayRate
    private var tokens = 1.0
    private var filled = MonotonicTime.now

    init(_ rate: ReplayRate) { self.rate = rate }

    /// How many may pass now.
    mutating func allowance(at now: MonotonicTime = .now) -> Int {
        let most = max(1, rate.perSecond / 5)
        tokens = min(most, tokens + now.since(filled).seconds * rate.perSecond)
        filled = now
        return Int(tokens)
    }

    mutating func take(_ count: Int) { tokens -= Double(count) }

    /// Until one may pass, and no longer than the limit.
    func wait(atMost limit: Duration) -> Duration {
        min(limit, max(.milliseconds(5), .seconds(max(0, 1 - tokens) / rate.perSecond)))
    }
}
