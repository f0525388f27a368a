public import Jobs
internal import PostgresClient

extension EffectLedger {
    /// Announces an effect outside this database, before it is begun.
    ///
    /// A row that another call has announced, and nobody has reported on, is ambiguous: that call's job died, or is
    /// frozen, and may have done it. The policy says what then.
    /// - Parameter token: of an earlier call whose answer is still wanted: the caller knows that it has not begun yet.
    public func begin(
        _ key: EffectKey, job: JobID, policy: AmbiguityPolicy, continuing token: EffectToken? = nil
    ) async throws -> EffectBeginning {
        let token = token ?? EffectToken(key)
        return try await transaction { transaction in
            while true {
                let row = try transaction.query(
                    """
                    INSERT INTO coursework.effects (key, state, token, job) VALUES ($1, 'prepared', $2, $3)
                    ON CONFLICT (key) DO NOTHING
                    """, [.text(key.description), .text(token.value), .text(job.description)])
                guard row.affected == 0 else { return .proceed(token) }
                if let earlier = try EffectRow.find(key, in: transaction) {
                    return try begin(after: earlier, token, job, policy, in: transaction)
                }
            }
        }
    }

    private func begin(
        after earlier: EffectRow, _ token: EffectToken, _ job: JobID, _ policy: AmbiguityPolicy,
        in transaction: PostgresTransaction
    ) throws -> EffectBeginning {
        if earlier.state == .done { return .done(earlier.result) }
        if earlier.state == .prepared, earlier.token == token.value { return .proceed(token) }
        switch policy {
        case .atMostOnce:
            try transaction.query(
                """
                UPDATE coursework.effects SET state = 'ambiguous', updated_at = now()
                WHERE key = $1 AND state = 'prepared'
                """, [.text(token.key.description)])
            return .ambiguous(since: earlier.begun)
        case .atLeastOnce:
            try transaction.query(
                """
                UPDATE coursework.effects SET state = 'prepared', token = $2, job = $3, updated_at = now()
                WHERE key = $1
                """, [.text(token.key.description), .text(token.value), .text(job.description)])
            return .proceed(token)
        }
    }

    /// Reports that the effect has happened.
    /// - Throws: ``EffectError/superseded(_:)`` when the token counts no more, `PostgresError`.
    public func finish(_ token: EffectToken, _ result: JobResult = .none) async throws {
        try await change(
            token,
            """
            UPDATE coursework.effects SET state = 'done', result = $3, updated_at = now() WHERE key = $1 AND token = $2
            """, [result.column])
    }

    /// Reports that nobody can know whether the effect has happened: the connection ended before the answer.
    /// - Throws: ``EffectError/superseded(_:)`` when the token counts no more, `PostgresError`.
    public func markAmbiguous(_ token: EffectToken) async throws {
        try await change(
            token,
            """
            UPDATE coursework.effects SET state = 'ambiguous', updated_at = now()
            WHERE key = $1 AND token = $2 AND state <> 'done'
            """)
    }

    /// Reports that the effect has certainly not happened: the next job may do it.
    public func abandon(_ token: EffectToken) async throws {
        try await transaction { transaction in
            _ = try transaction.query(
                "DELETE FROM coursework.effects WHERE key = $1 AND token = $2 AND state <> 'done'",
                [.text(token.key.description), .text(token.value)])
        }
    }

    private func change(_ token: EffectToken, _ sql: String, _ more: [PostgresValue] = []) async throws {
        try await transaction { transaction in
            let changed = try transaction.query(sql, [.text(token.key.description), .text(token.value)] + more)
            guard changed.affected > 0 else { throw EffectError.superseded(token.key) }
        }
    }
}
