/// The limit that an operator sets for a job type: for all its jobs together, or for those that have the same value in a
/// field of the payload.
public struct LimitRule: Sendable, Equatable {
    public var concurrency: Int?
    public var rate: Rate?
    /// The field, as a path of keys: `["tenant", "id"]`. Empty is the type as a whole.
    public var by: [String]

    public init(concurrency: Int? = nil, rate: Rate? = nil, by: [String] = []) {
        self.concurrency = concurrency
        self.rate = rate
        self.by = by
    }

    /// How the keys of all rules begin; those of limits in code should begin in another way.
    static let prefix = "policy:"

    /// The type whose rule has this key; nil when it is not the key of a rule.
    public static func type(ofKey key: String) -> JobType? {
        guard key.hasPrefix(prefix) else { return nil }
        return JobType(String(key.dropFirst(prefix.count).prefix { $0 != ":" }))
    }

    /// How the rule's own keys begin; another rule of the type may have had others.
    private func beginning(of type: JobType) -> String {
        "\(Self.prefix)\(type)" + (by.isEmpty ? "" : ":\(by.joined(separator: "."))=")
    }

    /// The limit for a payload. Payloads without the field share one.
    /// - Parameter conceal: what stands for a value that nobody may read.
    func limit(
        of type: JobType, payload: ArraySlice<UInt8>, concealing conceal: (String) -> String = { $0 }
    ) -> Limit {
        let value = by.isEmpty ? "" : PayloadField.text(at: by, in: payload).map(conceal) ?? ""
        return Limit(beginning(of: type) + value, concurrency: concurrency, rate: rate)
    }

    /// What the rule says for a key that jobs of the type had; nil when the key is not the rule's.
    public func limit(ofKey key: String, for type: JobType) -> Limit? {
        let beginning = beginning(of: type)
        guard by.isEmpty ? key == beginning : key.hasPrefix(beginning) else { return nil }
        return Limit(key, concurrency: concurrency, rate: rate)
    }
}
