public import RedisClient

extension AuditTrail {
    /// What a pruning takes away, or would.
    public struct Pruning: Sendable, Equatable {
        public let entries: Int
        /// The number of the last one; nil where there is none.
        public let through: Int?
    }

    /// Takes away entries that are older, of a trail that fits together: else it would take away the proof that one does not.
    /// Before that it writes an entry with the number and the hash of the last of them, by
    /// which the trail is verified from then on, and with it what was exported before.
    /// - Parameters:
    ///   - time: in milliseconds since 1970.
    ///   - actor: who does it.
    /// - Throws: the ``AuditFlaw`` of a trail that has one.
    public func prune(
        before time: Int, by actor: Actor, reason: String?, endLost: (any Error) -> Void = { _ in }
    ) async throws -> Pruning {
        if let flaw = try await verify().flaw { throw flaw }
        let pruning = try await pruning(before: time)
        guard let through = pruning.through, let last = try await sealed(through) else { return pruning }
        var act = AuditAct("audit.prune", by: actor, reason: reason)
        act.pruned = AuditEntry.Pruned(through: through, hash: last.hash)
        let note = AuditNote()
        try await record(act, note: note, endLost: endLost) {
            try await trim(through: through)
            note.count("pruned", pruning.entries)
        }
        return pruning
    }

    public func pruning(before time: Int) async throws(RedisError) -> Pruning {
        guard let first = try await entries(from: 1, limit: 1).first?.number else {
            return Pruning(entries: 0, through: nil)
        }
        // All are older: the next one's number is that behind the last.
        let newest = try await latest(AuditFilter(), limit: 1).first?.entry.number ?? 0
        let end = try await firstNumber(notBefore: time) ?? newest + 1
        return end > first ? Pruning(entries: end - first, through: end - 1) : Pruning(entries: 0, through: nil)
    }

    private func sealed(_ number: Int) async throws(RedisError) -> SealedEntry? {
        try await entries(from: number, through: number, limit: 1).first?.sealed
    }

    /// A portion at a time: Redis does nothing else meanwhile.
    private func trim(through last: Int) async throws(RedisError) {
        while let first = try await entries(from: 1, through: last, limit: 1).first?.number {
            let end = min(first + Self.portion, last + 1)
            _ = try await client.call("XTRIM", Self.key, "MINID", "\(end)-0")
        }
    }
}
