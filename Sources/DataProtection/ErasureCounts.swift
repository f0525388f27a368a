/// What an erasure found, by the place where it lay.
public struct ErasureCounts: Sendable, Equatable {
    public enum Place: String, Sendable, CaseIterable {
        case ready, later, blocked, dead, outgoing
        /// A worker has them: they are cancelled, and gone once they have stopped.
        case running
        /// Results and errors that are kept for those who track jobs, and those of batches.
        case results
        /// Idempotency and unique keys, and limits, with the name in them.
        case keys
        /// What is said of groups of dead letters and of replays.
        case notes
        case outbox, effects, mail, suppressions, quizzes, certificates, files
    }

    public private(set) var counts: [Place: Int] = [:]
    /// Where the name still stands: of jobs that are not about the person but mention them, and of what cannot be erased
    /// here.
    public private(set) var mentions: [String] = []
    /// Jobs that are sealed with a key that is not here: nobody knows about whom they are.
    public private(set) var unreadable = 0

    public init() {}

    public var total: Int { counts.values.reduce(0, +) }

    public mutating func count(_ place: Place, _ number: Int = 1) {
        if number > 0 { counts[place, default: 0] += number }
    }

    /// The first hundred are kept by name.
    mutating func mention(_ place: String) {
        if mentions.count < 100, !mentions.contains(place) { mentions.append(place) }
    }

    mutating func countUnreadable() { unreadable += 1 }

    /// Adds what was found elsewhere.
    public mutating func add(_ other: ErasureCounts) {
        for (place, number) in other.counts { count(place, number) }
        for mention in other.mentions { self.mention(mention) }
        unreadable += other.unreadable
    }

    /// Adds what a later pass erased, and takes over what it left.
    mutating func follow(with later: ErasureCounts) {
        for (place, number) in later.counts where place != .running { count(place, number) }
        (mentions, unreadable) = (later.mentions, later.unreadable)
    }
}
