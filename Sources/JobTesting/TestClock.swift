public import FoundationEssentials
public import Jobs
internal import Synchronization

/// A clock that a test controls. It stands still until it is moved; whoever sleeps by it moves it, and goes on at once.
public final class TestClock: JobClock {
    private struct State {
        var now: Date
        var instant: ContinuousClock.Instant
    }

    private let state: Mutex<State>

    /// - Parameter now: the time of day at the start; by default 10:00 on 21 November 2026, UTC.
    public init(now: Date = Date(timeIntervalSince1970: 1_795_255_200)) {
        state = Mutex(State(now: now, instant: .now))
    }

    public var now: Date { state.withLock { $0.now } }
    public var instant: ContinuousClock.Instant { state.withLock { $0.instant } }

    /// Moves it on.
    public func advance(by duration: Duration) {
        state.withLock { state in
            state.now += duration.seconds
            state.instant += duration
        }
    }

    public func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        advance(by: max(.zero, duration))
        await Task.yield()
    }
}
