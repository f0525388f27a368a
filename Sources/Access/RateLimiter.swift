package import Jobs
package import Platform
internal import Synchronization

/// So many requests in a time, of each client.
///
/// A bucket is one instant: when it would be full again. So a bucket that is full is the same as none, and is forgotten.
package final class RateLimiter: Sendable {
    private struct State {
        var fullAt: [String: UInt64] = [:]
        var sweep: UInt64 = 0
    }

    private static let sweepEvery: UInt64 = 1_000_000_000
    /// Whoever comes while all buckets are in use: they share one.
    private static let others = ""

    /// Nanoseconds that one request costs, and those that may be owed.
    private let cost: UInt64
    private let tolerance: UInt64
    private let most: Int
    private let state = Mutex(State())

    /// - Parameters:
    ///   - rate: with its burst.
    ///   - most: buckets that are kept.
    package init(_ rate: Rate, most: Int = 10_000) {
        cost = max(1, UInt64(rate.period.milliseconds) * 1_000_000 / UInt64(rate.count))
        tolerance = cost * UInt64(rate.burst - 1)
        self.most = most
    }

    /// - Returns: nil when there may be one more request, else the seconds until then.
    package func take(_ client: String, at now: MonotonicTime = .now) -> Int? {
        let now = now.nanoseconds
        return state.withLock { state in
            let client = bucket(of: client, &state, now)
            let fullAt = max(state.fullAt[client] ?? now, now)
            let owed = fullAt - now
            guard owed <= tolerance else { return Int((owed - tolerance + 999_999_999) / 1_000_000_000) }
            state.fullAt[client] = fullAt + cost
            return nil
        }
    }

    /// How many buckets there are.
    var count: Int { state.withLock { $0.fullAt.count } }

    private func bucket(of client: String, _ state: inout State, _ now: UInt64) -> String {
        guard state.fullAt.count >= most, state.fullAt[client] == nil else { return client }
        // Not for each request: a flood of addresses would make each cost as much as all.
        if now >= state.sweep {
            state.sweep = now + Self.sweepEvery
            state.fullAt = state.fullAt.filter { $0.value > now }
        }
        return state.fullAt.count < most ? client : Self.others
    }
}
