/// How often a failed job is tried again, and how long it waits before each time.
///
/// The wait is exponential with full jitter, drawn evenly between zero and `base · 2^(failures-1)`, capped
/// (Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015). When the other side named a delay
/// (`Retry-After`, a greylisting hint) the jitter is added to it instead: never sooner than told.
public struct RetryPolicy: Sendable, Equatable {
    /// Attempts after the first; 0 buries a job at its first failure.
    public var maxRetries: Int
    /// The upper bound of the wait after the first failure.
    public var base: Duration
    /// No wait is longer, unless the other side named a longer one.
    public var cap: Duration

    public init(maxRetries: Int = 3, base: Duration = .seconds(10), cap: Duration = .seconds(3600)) {
        precondition(maxRetries >= 0 && base >= .zero && cap >= base, "a retry policy of negative numbers")
        self.maxRetries = maxRetries
        self.base = base
        self.cap = cap
    }

    public static let standard = RetryPolicy()
    public static let never = RetryPolicy(maxRetries: 0)

    /// Whether a job that has failed this often, this time included, may be tried again.
    public func allowsRetry(afterFailures failures: Int) -> Bool { failures <= maxRetries }

    /// How long to wait after this many failures (at least 1), this time included, when the other side named the delay
    /// `told`, or named none.
    public func delay(
        afterFailures failures: Int, told: Duration? = nil, using random: inout some RandomNumberGenerator
    ) -> Duration {
        let jitter = Duration.milliseconds(
            Int64.random(in: 0...ceiling(afterFailures: failures).milliseconds, using: &random))
        guard let told else { return jitter }
        // A fifth of what was told is enough to spread a herd, and keeps the promise of being not much later.
        return told + min(jitter, max(told / 5, .seconds(1)))
    }

    /// The largest wait that may be drawn.
    func ceiling(afterFailures failures: Int) -> Duration {
        let doublings = max(0, failures - 1)
        guard doublings < 32 else { return cap }
        return min(cap, base * (1 << doublings))
    }
}
