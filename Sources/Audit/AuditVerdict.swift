/// What came of verifying a trail or a part of it.
public struct AuditVerdict: Sendable, Equatable {
    /// How many fit together, from the first one on.
    public let entries: Int
    public let first: Int?
    public let last: Int?
    /// The hash of the last one: whoever keeps it elsewhere can prove the trail up to there.
    public let hash: String?
    /// The first place where it does not fit.
    public let flaw: AuditFlaw?
    /// Of a file: whether the trail has the same entries, or has pruned them and goes on from the last of them.
    public internal(set) var isInTrail = false

    init(_ chain: AuditChain, _ flaw: AuditFlaw?) {
        entries = chain.count
        first = chain.first?.entry.number
        last = chain.last?.entry.number
        hash = chain.last?.hash
        self.flaw = flaw
    }
}
