/// One entry of the audit trail: who did what, to what, why and when.
public struct AuditEntry: Codable, Sendable, Equatable {
    public enum Phase: String, Codable, Sendable {
        /// It is about to be done. Without an end, nobody knows how much of it was.
        case begun
        case done
        /// It ended early; what was done until then stays.
        case failed
    }

    /// What `audit prune` is about to take away: all entries up to this one, whose hash stays.
    public struct Pruned: Codable, Sendable, Equatable {
        public let through: Int
        public let hash: String
    }

    /// 1 for the first, and one more for each.
    public let number: Int
    /// The hash of the entry before it.
    public let previous: String
    /// By the clock of Redis: `2026-12-01T08:00:00.250Z`. Later ones are greater, and to verify a trail none is read.
    public let time: String
    public let actor: Actor
    /// One word for one thing, that of the command: `queue.pause`, `dead.replay`.
    public let action: String
    public let phase: Phase
    /// The number of the entry that began what this one ends.
    public var began: Int?
    public var target: String?
    /// Ids of the jobs it is about, at most 100 …
    public var jobs: [String]?
    /// … of so many.
    public var jobCount: Int?
    public var reason: String?
    /// How much was done, at the end.
    public var counts: [String: Int]?
    public var pruned: Pruned?

    init(behind head: AuditHead, _ time: String, _ actor: Actor, _ action: String, _ phase: Phase) {
        (number, previous, self.time) = (head.number + 1, head.hash, time)
        (self.actor, self.action, self.phase) = (actor, action, phase)
    }

    private enum CodingKeys: String, CodingKey {
        case number, previous, time, actor, action, phase, began, target, jobs, reason, counts, pruned
        case jobCount = "job_count"
    }
}
