/// How many jobs that share a key run at once, or begin in a time, over all workers of a queue.
///
/// A job that is refused waits in Redis, in its order; that costs it no attempt and nobody polls.
public struct Limit: Sendable, Equatable {
    /// What the jobs share, for example `smtp:example.org`; of more than 256 bytes the first ones count.
    public let key: String
    /// How many run at once; nil is any number.
    public let concurrency: Int?
    /// How many begin in a period; nil is any number.
    public let rate: Rate?

    public init(_ key: String, concurrency: Int? = nil, rate: Rate? = nil) {
        precondition(concurrency.map { (1...Self.most).contains($0) } ?? true, "a limit that lets no job run")
        self.key = Self.bounded(key)
        self.concurrency = concurrency
        self.rate = rate
    }

    /// The largest number a limit may have.
    public static let most = 1_000_000
    private static let keyBytes = 256

    private static func bounded(_ key: String) -> String {
        guard key.utf8.count > keyBytes else { return key }
        var bounded = key.prefix(keyBytes)
        while bounded.utf8.count > keyBytes { bounded.removeLast() }
        return String(bounded)
    }
}
