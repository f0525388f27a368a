internal import Platform
internal import Synchronization

/// Spaces the attempts of all connections of a client to reach a server that is away.
final class ReconnectGate: Sendable {
    enum Turn {
        /// Try now; the number belongs to ``failed(_:_:)``.
        case go(failuresBefore: Int)
        case wait(until: MonotonicTime)
    }

    private struct State {
        /// Attempts that failed since the last success.
        var failures = 0
        var nextAttempt = MonotonicTime(nanoseconds: 0)
        var lastFailure: PostgresError?
    }

    private let base: Duration
    private let cap: Duration
    private let state = Mutex(State())

    init(_ configuration: PostgresConfiguration) {
        base = configuration.reconnectBase
        cap = configuration.reconnectCap
    }

    /// While the server is away, one attempt a back-off is made for all.
    func turn(at now: MonotonicTime = .now) -> Turn {
        state.withLock { state in
            guard state.nextAttempt <= now else { return .wait(until: state.nextAttempt) }
            if state.failures > 0 { state.nextAttempt = now + backOff(state.failures + 1) }
            return .go(failuresBefore: state.failures)
        }
    }

    func succeeded() { state.withLock { $0 = State() } }

    /// Attempts that began together count as one; so does the loss of a connection after one that succeeded.
    func failed(_ error: PostgresError, failuresBefore: Int) {
        state.withLock { state in
            state.lastFailure = error
            guard state.failures <= failuresBefore else { return }
            state.failures += 1
            state.nextAttempt = .now + backOff(state.failures)
        }
    }

    var lastFailure: PostgresError? { state.withLock { $0.lastFailure } }

    private func backOff(_ failures: Int) -> Duration {
        .backOff(base: base, cap: cap, failures: failures)
    }
}
