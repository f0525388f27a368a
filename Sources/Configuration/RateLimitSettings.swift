public import Jobs

/// How much clients may ask of `coursework serve`; nil for as much as they like. All of a rate may come together.
public struct RateLimitSettings: Sendable, Equatable {
    /// Of each key, and of each subject of tokens.
    public var key: Rate? = Rate(5000, per: .seconds(1), burst: 5000)
    /// Of each address, without a key.
    public var address: Rate? = Rate(100, per: .seconds(1), burst: 100)
    /// Of each address, with a key or a token that does not hold.
    public var failures: Rate? = Rate(20, per: .seconds(60), burst: 20)

    public init() {}
}

extension RateLimitSettings: SettingsSection {
    static let title = "a setting of server.rateLimit"
    static let keys = ["key", "address", "failures"]

    mutating func read(_ object: SettingsObject) {
        key = Self.rate("key", object, key)
        address = Self.rate("address", object, address)
        failures = Self.rate("failures", object, failures)
    }

    private static func rate(_ key: String, _ object: SettingsObject, _ usual: Rate?) -> Rate? {
        if object.isNull(key) { return nil }
        guard let text = object.text(key) else { return usual }
        guard let rate = Rate(text) else {
            object.refuse(
                key, "'\(key)' is no number of requests in a time; write such as \"100/1s\", or null for no limit.")
            return usual
        }
        return Rate(rate.count, per: rate.period, burst: rate.count)
    }
}
