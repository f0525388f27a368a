public import Logging
internal import Synchronization

/// The circuit breakers of one process, each under the name of its dependency, and shared by all handlers.
public final class CircuitBreakers: Sendable {
    /// So many dependencies have nobody; names made of data would otherwise fill the memory.
    private static let mostBreakers = 1000

    private let rules: CircuitBreaker.Rules
    private let clock: any JobClock
    private let logger: Logger
    private let breakers = Mutex<[String: CircuitBreaker]>([:])

    public init(
        rules: CircuitBreaker.Rules = CircuitBreaker.Rules(), clock: any JobClock = SystemClock(),
        logger: Logger = .silent
    ) {
        self.rules = rules
        self.clock = clock
        self.logger = logger
    }

    /// In the order of their names.
    public var statuses: [Status] {
        let now = clock.instant
        return breakers.withLock { $0 }.sorted { $0.key < $1.key }.map { name, breaker in
            let (calls, failures) = breaker.counts(at: now)
            return Status(
                name: name, state: breaker.state, failureRatio: calls == 0 ? 0 : Double(failures) / Double(calls),
                openFor: breaker.openUntil.map { max(.zero, now.duration(to: $0)) })
        }
    }

    /// - Throws: ``CircuitOpen``.
    func admit(to dependency: String) throws -> CircuitBreaker.Permit {
        let (admission, failingFor) = change(dependency) { breaker, now in
            (breaker.admit(at: now), breaker.failingSince?.duration(to: now) ?? .zero)
        }
        switch admission {
        case .call(let permit): return permit
        case .wait(let wait): throw CircuitOpen(dependency: dependency, retryAfter: wait, failingFor: failingFor)
        }
    }

    func note(failed: Bool?, of permit: CircuitBreaker.Permit, to dependency: String) {
        change(dependency) { $0.note(failed: failed, of: permit, at: $1) }
    }

    /// Changes one, and tells of its new state, if it has one.
    @discardableResult
    private func change<Value: Sendable>(
        _ dependency: String, _ body: (inout CircuitBreaker, CircuitBreaker.Instant) -> Value
    ) -> Value {
        let now = clock.instant
        let (value, before, after) = breakers.withLock { breakers in
            if breakers[dependency] == nil, breakers.count >= Self.mostBreakers { Self.removeQuiet(&breakers, at: now) }
            // In its place: a copy would copy what it counts as well.
            return Self.change(&breakers[dependency, default: CircuitBreaker(rules: rules)], at: now, body)
        }
        if before != after { tell(dependency, after) }
        return value
    }

    private static func change<Value>(
        _ breaker: inout CircuitBreaker, at now: CircuitBreaker.Instant,
        _ body: (inout CircuitBreaker, CircuitBreaker.Instant) -> Value
    ) -> (Value, CircuitBreaker.State, CircuitBreaker.State) {
        let before = breaker.state
        return (body(&breaker, now), before, breaker.state)
    }

    private static func removeQuiet(_ breakers: inout [String: CircuitBreaker], at now: CircuitBreaker.Instant) {
        breakers = breakers.filter { $0.value.state != .closed || $0.value.counts(at: now).calls > 0 }
    }

    private func tell(_ dependency: String, _ state: CircuitBreaker.State) {
        let fields: [LogField] = [("dependency", .string(dependency))]
        switch state {
        case .open: logger.warning("A dependency fails too often and is not called for a while", fields)
        case .halfOpen: logger.notice("A dependency that failed is tried again", fields)
        case .closed: logger.notice("A dependency that failed works again", fields)
        }
    }
}
