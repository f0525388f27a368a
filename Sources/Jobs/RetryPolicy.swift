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
    /// No retry begins later than this after the job was first enqueued, by the clock of Redis: a job whose next one would
    /// is buried at once. Nil sets no such limit.
    public var retryFor: Duration?

    public init(
        maxRetries: Int = 3, base: Duration = .seconds(10), cap: Duration = .seconds(3600), retryFor: Duration? = nil
    ) {
        precondition(maxRetries >= 0 && base >= .zero && cap >= base, "a retry policy of negative numbers")
        precondition(retryFor.map { $0 > .zero } ?? true, "no time to retry in; write RetryPolicy.never")
        self.maxRetries = maxRetries
        self.base = base
        self.cap = cap
        self.retryFor = retryFor
    }

    public static let standard = RetryPolicy()
    public static let never = RetryPolicy(maxRetries: 0)

    /// No job waits longer, whatever its handler or another server says: ten years.
    public static let longestWait = Duration.seconds(10 * 365 * 86_400)

    /// Whether a job that has failed this often, this time included, may be tried again.
    public func allowsRetry(afterFailures failures: Int) -> Bool { failures <= maxRetries }

    /// How long to wait after this many failures (at least 1), this time included, when the other side named the delay
    /// `told`, or named none.
    public func delay(
        afterFailures failures: Int, told: Duration? = nil, using random: inout some RandomNumberGenerator
    ) -> Duration {
        let ceiling = ceiling(afterFailures: failures)
        guard let told else { return Self.draw(upTo: ceiling, using: &random) }
        let least = min(Self.longestWait, max(.zero, told))
        // A fifth of what was told is enough to spread a herd, and keeps the promise of being not much later.
        return least + Self.draw(upTo: min(ceiling, max(least / 5, .seconds(1))), using: &random)
    }

    private static func draw(upTo most: Duration, using random: inout some RandomNumberGenerator) -> Duration {
        .milliseconds(Int64.random(in: 0...most.milliseconds, using: &random))
    }

    /// The largest wait that may be drawn when the other side named none.
    public func ceiling(afterFailures failures: Int) -> Duration {
        let doublings = max(0, failures - 1)
        guard doublings < 32 else { return cap }
        return min(cap, base * (1 << doublings))
    }
}
