/// How far a batch is.
public struct BatchProgress: Sendable, Equatable {
    /// Those that have not ended.
    public var pending: Int
    public var done: Int
    /// Dead letters. One that is replayed is pending again.
    public var dead: Int
    /// Discarded, cancelled or expired.
    public var other: Int
    public var isCancelled: Bool
    /// Whether all is added, and all members have ended.
    public var hasEnded: Bool

    public init(
        pending: Int = 0, done: Int = 0, dead: Int = 0, other: Int = 0, isCancelled: Bool = false,
        hasEnded: Bool = false
    ) {
        self.pending = pending
        self.done = done
        self.dead = dead
        self.other = other
        self.isCancelled = isCancelled
        self.hasEnded = hasEnded
    }

    /// All members that were ever added.
    public var total: Int { pending + done + dead + other }
}
