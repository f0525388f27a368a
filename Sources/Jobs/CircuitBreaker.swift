/// Decides whether a dependency that fails is worth calling. Pure: time is given.
///
///     closed ──▶ open        when at least half of ten calls or more within ten seconds failed
///     open ──▶ half-open     ten seconds later: a few calls are let through
///     half-open ──▶ closed   when one of them succeeds
///     half-open ──▶ open     when one of them fails
public struct CircuitBreaker: Sendable {
    public enum State: String, Sendable, Codable, CaseIterable {
        case closed, open
        case halfOpen = "half-open"
    }

    public struct Rules: Sendable {
        /// Fewer calls within the window say nothing.
        public var leastCalls = 10
        public var failureRatio = 0.5
        public var window = Duration.seconds(10)
        public var openFor = Duration.seconds(10)
        /// How many calls may be under way while it is half-open.
        public var probes = 3

        public init() {}
    }

    /// The leave to make one call, whose end must be noted.
    public struct Permit: Sendable {
        fileprivate let period: Int
    }

    public enum Admission: Sendable {
        case call(Permit)
        /// Not now; how long until it is worth asking again.
        case wait(Duration)
    }

    public typealias Instant = ContinuousClock.Instant

    public private(set) var state = State.closed
    private let rules: Rules
    private var calls: CallWindow
    /// Counts the changes of state: a call that began before the last one says nothing about now.
    private var period = 0
    private var opened: Instant?
    /// When it was last closed; nil while it is.
    public private(set) var failingSince: Instant?
    private var probesUnderWay = 0

    public init(rules: Rules = Rules()) {
        self.rules = rules
        calls = CallWindow(length: rules.window)
    }

    /// When it lets calls through again; nil while it is not open.
    public var openUntil: Instant? { opened.map { $0 + rules.openFor } }

    /// Calls within the window that ended, and how many of them failed.
    public func counts(at now: Instant) -> (calls: Int, failures: Int) { calls.counts(at: now) }

    /// Asks to make a call.
    public mutating func admit(at now: Instant) -> Admission {
        if let openUntil {
            guard now >= openUntil else { return .wait(now.duration(to: openUntil)) }
            change(to: .halfOpen)
        }
        if state == .halfOpen {
            guard probesUnderWay < rules.probes else { return .wait(rules.openFor / 10) }
            probesUnderWay += 1
        }
        return .call(Permit(period: period))
    }

    /// Notes how a call ended.
    /// - Parameter failed: nil when its end says nothing about the dependency.
    public mutating func note(failed: Bool?, of permit: Permit, at now: Instant) {
        guard permit.period == period else { return }
        if state == .halfOpen { probesUnderWay -= 1 }
        guard let failed else { return }
        switch state {
        case .closed:
            calls.note(failed: failed, at: now)
            if failed, hasFailedTooOften(at: now) { open(at: now) }
        case .halfOpen:
            if failed { open(at: now) } else { change(to: .closed) }
        case .open: break
        }
    }

    private func hasFailedTooOften(at now: Instant) -> Bool {
        let (calls, failures) = counts(at: now)
        return calls >= rules.leastCalls && Double(failures) >= Double(calls) * rules.failureRatio
    }

    private mutating func open(at now: Instant) {
        failingSince = failingSince ?? now
        change(to: .open)
        opened = now
    }

    private mutating func change(to state: State) {
        self.state = state
        period += 1
        opened = nil
        probesUnderWay = 0
        // What was before says nothing about a dependency that came back.
        guard state == .closed else { return }
        calls = CallWindow(length: rules.window)
        failingSince = nil
    }
}
