public import Jobs
public import PostgresClient

extension EffectLedger {
    /// Enters effects inside this database in the transaction that applies them, for those who apply many at once.
    /// Waits for another transaction that has entered one of them and is not over.
    /// - Returns: those that were not applied before: the transaction must apply them, and only them.
    public static func enter(
        _ effects: [(key: EffectKey, job: JobID)], in transaction: PostgresTransaction
    ) throws -> Set<EffectKey> {
        guard !effects.isEmpty else { return [] }
        let effects = effects.sorted { $0.key.description < $1.key.description }
        let entered = try transaction.query(
            """
            INSERT INTO coursework.effects (key, state, job)
            SELECT key, 'done', job FROM unnest($1::text[], $2::text[]) AS n (key, job)
            ON CONFLICT (key) DO NOTHING RETURNING key
            """, [.texts(effects.map(\.key.description)), .texts(effects.map(\.job.description))])
        let keys = Set(try entered.map { try $0["key"] as String })
        return Set(effects.map(\.key).filter { keys.contains($0.description) })
    }
}
