public import Jobs
internal import Platform
public import PostgresClient

extension EffectLedger {
    /// Applies an effect inside this database once, however often it is called.
    ///
    ///     try await ledger.once(try EffectKey("grade:\(attemptID)"), job: context.id) { transaction in
    ///         try transaction.query("UPDATE attempts SET grade = $1 WHERE id = $2", [.double(grade), .integer(attemptID)])
    ///         return try JobResult(encoding: ["grade": grade])
    ///     }
    ///
    /// The row and the effect are one transaction. Of two calls at once the second waits for the first. The closure may
    /// run several times until it is committed, so it changes nothing but this database.
    /// - Returns: what the closure returned in the call that applied the effect, which may have been an earlier one.
    /// - Throws: what the closure throws, `PostgresError` when the database stays away, ``EffectError/undecided(_:)``.
    @discardableResult
    public func once(
        _ key: EffectKey, job: JobID, _ apply: @Sendable (PostgresTransaction) throws -> JobResult
    ) async throws -> JobResult {
        try await transaction { transaction in
            guard Protection.ledger.isOn else { return try run(apply, for: key, in: transaction) }
            while true {
                // Waits for another transaction that has written the same key and is not over.
                let row = try transaction.query(
                    """
                    INSERT INTO coursework.effects (key, state, job) VALUES ($1, 'done', $2)
                    ON CONFLICT (key) DO NOTHING
                    """, [.text(key.description), .text(job.description)])
                guard row.affected == 0 else { return try run(apply, for: key, in: transaction) }
                if let earlier = try EffectRow.find(key, in: transaction) {
                    guard earlier.state == .done else { throw EffectError.undecided(key) }
                    return earlier.result
                }
            }
        }
    }

    private func run(
        _ apply: (PostgresTransaction) throws -> JobResult, for key: EffectKey, in transaction: PostgresTransaction
    ) throws -> JobResult {
        let result = try apply(transaction)
        if result != .none {
            try transaction.query(
                "UPDATE coursework.effects SET result = $2 WHERE key = $1",
                [.text(key.description), result.column])
        }
        return result
    }
}
