import FoundationEssentials
import Jobs
import Synchronization

/// How long mail waits while no transport takes any: nothing is burnt, so the job's attempts do not say how long it has
/// been going on.
final class Outage: Sendable {
    private let began = Mutex<Date?>(nil)

    private static let shortest: Duration = .seconds(10)
    private static let longest: Duration = .seconds(600)

    func end() { began.withLock { $0 = nil } }

    /// Exponential with full jitter: at most as long again as it has lasted.
    func nextWait(at now: Date) -> Duration {
        let began = began.withLock { began in
            began = began ?? now
            return began ?? now
        }
        let lasted = Duration.milliseconds(Int64(min(1e9, max(0, now.timeIntervalSince(began))) * 1000))
        let ceiling = min(Self.longest, max(Self.shortest, lasted))
        return .milliseconds(Int64.random(in: 1000...ceiling.milliseconds))
    }
}
