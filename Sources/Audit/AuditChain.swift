/// Verifies entries one after another. Pure: where they come from is the caller's.
public struct AuditChain: Sendable {
    public private(set) var first: SealedEntry?
    public private(set) var last: SealedEntry?
    public private(set) var count = 0
    /// The latest pruning among the entries.
    private(set) var pruned: AuditEntry.Pruned?

    public init() {}

    /// - Parameters:
    ///   - number: where it was found.
    ///   - found: nil when what was found is no entry.
    public mutating func add(_ found: SealedEntry?, number: Int) throws(AuditFlaw) {
        if let last, number > last.entry.number + 1 { throw .missing(last.entry.number + 1...number - 1) }
        guard let found else { throw .unreadable(number: number) }
        guard found.isWhole, found.entry.number == number else { throw .changed(number: number) }
        if let last { try Self.check(found, behind: last) }
        if first == nil { first = found }
        last = found
        count += 1
        // One that has not taken all of it away yet may be followed by one that says less.
        if let new = found.entry.pruned, new.through > pruned?.through ?? 0 { pruned = new }
    }

    private static func check(_ found: SealedEntry, behind last: SealedEntry) throws(AuditFlaw) {
        let number = found.entry.number
        guard number == last.entry.number + 1 else { throw .changed(number: number) }
        guard found.entry.previous == last.hash else { throw .unlinked(number: number) }
        guard found.entry.time >= last.entry.time else { throw .earlier(number: number) }
    }

    /// Whether what is before the first entry is missing, or was pruned and signed off.
    public func checkBeginning() throws(AuditFlaw) {
        guard let first else { return }
        let before = first.entry.number - 1
        guard before > 0 else {
            if first.entry.previous != AuditHead.none.hash { throw .unlinked(number: first.entry.number) }
            return
        }
        guard let pruned, pruned.through >= before else { throw .missing((pruned?.through ?? 0) + 1...before) }
        // Where fewer went than were signed off, the last of those is still there, and says the same.
        guard pruned.through > before || pruned.hash == first.entry.previous else {
            throw .wronglyPruned(through: before)
        }
    }
}
