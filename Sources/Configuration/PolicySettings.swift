public import Jobs

/// What the operator changes about one job type; what is `nil` stays as the type has it.
public struct PolicySettings: Sendable, Equatable {
    /// Attempts after the first: 0 to 1000.
    public var retries: Int?
    /// The upper bound of the wait after the first failure.
    public var base: Duration?
    /// No wait is longer.
    public var cap: Duration?
    /// No retry begins later than this after the job was enqueued.
    public var retryFor: Duration?
    /// How long one attempt may take. Write `Deadline.none` for no deadline: `.none` alone is "not changed".
    public var deadline: Deadline?
    /// How many jobs run at once, or begin in a time.
    public var limit: LimitRule?

    public init() {}

    /// The type's policy with the operator's changes. When only one of base and cap is changed and would pass the
    /// other, the other follows, for a cap below its base has no meaning.
    public func adjusted(_ policy: RetryPolicy) -> RetryPolicy {
        let cap = cap ?? max(policy.cap, base ?? .zero)
        return RetryPolicy(
            maxRetries: retries ?? policy.maxRetries, base: min(base ?? policy.base, cap), cap: cap,
            retryFor: retryFor ?? policy.retryFor)
    }
}

extension PolicySettings: SettingsSection {
    static let title = "a setting of a policy"
    static let keys = ["retries", "base", "cap", "retryFor", "deadline", "limit"]

    mutating func read(_ object: SettingsObject) {
        retries = object.integer("retries", in: 0...1000)
        base = object.duration("base", in: .zero...Self.longestWait)
        cap = object.duration("cap", in: .zero...Self.longestWait)
        retryFor = object.duration("retryFor", in: .seconds(1)...Self.longestTime)
        deadline = Self.deadline("deadline", of: object)
        limit = object.section("limit")
        if let base, let cap, base > cap {
            let (lower, upper) = (DurationText.format(base), DurationText.format(cap))
            object.refuse("base", "'base' is \(lower), longer than the 'cap' of \(upper); lower it or raise the cap.")
        }
    }

    private static let longestWait: Duration = .seconds(30 * 86_400)
    private static let longestTime: Duration = .seconds(365 * 86_400)

    /// A number never means "no deadline".
    private static func deadline(_ key: String, of object: SettingsObject) -> Deadline? {
        switch object.members[key] {
        case nil: return nil
        case .text("none"): return Deadline.none
        case .text(let text):
            if let duration = try? DurationText.parse(text), duration > .zero { return .after(duration) }
        default: break
        }
        object.refuse(key, "'\(key)' is no time; write \"none\" for no deadline, or a duration such as \"60s\".")
        return nil
    }
}
