internal import PostgresClient

extension EffectLedger {
    private static let rowsAtOnce = 1000

    /// Forgets effects that were done longer ago than this; what is prepared or ambiguous stays.
    ///
    /// A forgotten effect can happen again. So the age must be longer than any job can come back: its retries, the time
    /// a dead letter is kept and may be replayed, and the age of a backup of Redis that may be restored, together.
    /// - Returns: how many rows went.
    public func deleteDone(olderThan age: Duration) async throws -> Int {
        var deleted = 0
        while true {
            // In portions, so that no transaction is long.
            let rows = try await client.query(
                """
                DELETE FROM coursework.effects WHERE key IN (
                    SELECT key FROM coursework.effects
                    WHERE state = 'done' AND updated_at < now() - make_interval(secs => $1)
                    LIMIT $2 FOR UPDATE SKIP LOCKED)
                """, [.double(age / .seconds(1)), .integer(Self.rowsAtOnce)])
            deleted += rows.affected
            if rows.affected < Self.rowsAtOnce { return deleted }
        }
    }

    /// Takes over what an operator found out about an effect that nobody knew the end of.
    /// - Returns: false when the effect is not open: it is done, or was never begun.
    public func resolve(_ key: EffectKey, as resolution: EffectResolution) async throws -> Bool {
        try await transaction { transaction in
            let sql: String
            var parameters: [PostgresValue] = [.text(key.description)]
            switch resolution {
            case .notHappened: sql = "DELETE FROM coursework.effects WHERE key = $1 AND state <> 'done'"
            case .done(let result):
                sql = """
                    UPDATE coursework.effects SET state = 'done', result = $2, updated_at = now()
                    WHERE key = $1 AND state <> 'done'
                    """
                parameters.append(result.column)
            }
            return try transaction.query(sql, parameters).affected > 0
        }
    }
}
