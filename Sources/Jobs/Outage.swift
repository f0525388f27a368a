public import FoundationEssentials
internal import Synchronization

/// How long jobs wait while a server that they need is away: they are snoozed, so their attempts do not say how long it has been
/// going on. Shared by all jobs of a handler.
public final class Outage: Sendable {
    private let began = Mutex<Date?>(nil)

    private static let shortest: Duration = .seconds(10)
    private static let longest: Duration = .seconds(600)

    public init() {}

    public func end() { began.withLock { $0 = nil } }

    /// Exponential with full jitter: at most as long again as it has lasted.
    public func nextWait(at now: Date) -> Duration {
        let began = began.withLock { began in
            began = began ?? now
            return began ?? now
        }
        let lasted = Duration.milliseconds(Int64(min(1e9, max(0, now.timeIntervalSince(began))) * 1000))
        let ceiling = min(Self.longest, max(Self.shortest, lasted))
        return .milliseconds(Int64.random(in: 1000...ceiling.milliseconds))
    }
}
