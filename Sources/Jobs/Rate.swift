/// So many jobs in a period, spread evenly over it.
public struct Rate: Sendable, Hashable {
    public let count: Int
    public let period: Duration
    /// How many may begin together after a pause. No period sees more than `count + burst - 1` begin.
    public let burst: Int

    /// - Parameters:
    ///   - count: 1 to 1,000,000.
    ///   - period: a millisecond to 30 days.
    ///   - burst: by default what a tenth of a second allows, and at least one.
    public init(_ count: Int, per period: Duration, burst: Int? = nil) {
        precondition(
            Self.counts.contains(count) && Self.periods.contains(period) && Self.counts.contains(burst ?? 1),
            "a rate that lets no job begin")
        self.count = count
        self.period = period
        self.burst = burst ?? max(1, count * 100 / Int(period.milliseconds))
    }

    public static let counts = 1...Limit.most
    public static let periods: ClosedRange<Duration> = .milliseconds(1) ... .seconds(30 * 86_400)
}
