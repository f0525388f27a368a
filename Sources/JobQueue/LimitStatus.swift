public import Jobs
internal import RedisClient

/// A limit as it is at one moment.
public struct LimitStatus: Sendable {
    public let key: String
    /// What it allows; nil is everything.
    public let limit: Limit?
    /// Jobs that have its pass: they run, or will at once.
    public let running: Int
    /// Jobs that wait for it.
    public let waiting: Int
    /// When the rate lets the next job begin; zero is now.
    public let next: Duration

    init?(_ value: RedisValue) {
        var parts = value.elements
        guard let key = parts.next()?.string, let terms = parts.next()?.string, let running = parts.next()?.integer,
            let waiting = parts.next()?.integer, let next = parts.next()?.integer
        else { return nil }
        self.key = key
        limit = Limit(key, terms: terms)
        self.running = running
        self.waiting = waiting
        self.next = .milliseconds(next)
    }
}
