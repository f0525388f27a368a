internal import FoundationEssentials
internal import PostgresClient

extension MailRecord {
    /// Suppressions that hold, the newest first, at most so many.
    /// - Parameter address: nil for all.
    public func suppressions(of address: String? = nil, limit: Int) async throws -> [Suppression] {
        try await client.query(
            """
            SELECT address, scope, reason, detail, source, extract(epoch FROM created_at)::float8 AS created,
                extract(epoch FROM expires_at)::float8 AS expires
            FROM coursework.mail_suppressions LEFT JOIN coursework.mail_suppression_key AS k ON true
            WHERE ($1::text IS NULL OR address IN ($1, \(ErasedAddress.sql(of: "$1")))) AND (expires_at IS NULL OR expires_at > now())
            ORDER BY created_at DESC, address, scope LIMIT $2
            """, [.optional(address.map(MailAddress.normal)), .integer(limit)]
        ).map { try Suppression($0) }
    }

    /// Takes the place of one with the same address and scope.
    public func add(_ suppression: Suppression) async throws {
        try await client.transaction { try Self.add(suppression, in: $0, isLasting: false) }
    }

    /// Takes a reader off a list, as the link of a mail asks for.
    @discardableResult
    public func unsubscribe(_ address: String, from list: String) async throws -> Suppression {
        var suppression = Suppression(address, scope: list, reason: .unsubscribe, source: "reader")
        suppression.detail = "By the link in a mail."
        try await add(suppression)
        return suppression
    }

    /// - Returns: false when there is none.
    public func removeSuppression(of address: String, scope: String) async throws -> Bool {
        try await client.query(
            """
            DELETE FROM coursework.mail_suppressions USING coursework.mail_suppression_key AS k
            WHERE address IN ($1, \(ErasedAddress.sql(of: "$1"))) AND scope = $2
            """,
            [.text(MailAddress.normal(address)), .text(RecordText.line(scope))]
        ).affected > 0
    }

    /// - Parameter isLasting: whether one that holds for longer stays as it is.
    static func add(_ suppression: Suppression, in transaction: PostgresTransaction, isLasting: Bool) throws {
        try transaction.query(
            """
            INSERT INTO coursework.mail_suppressions AS s (address, scope, reason, detail, source, expires_at)
            VALUES ($1, $2, $3, $4, $5, to_timestamp($6::float8))
            ON CONFLICT (address, scope) DO UPDATE SET reason = excluded.reason, detail = excluded.detail,
                source = excluded.source, expires_at = excluded.expires_at, created_at = now()
                WHERE NOT $7 OR s.expires_at < coalesce(excluded.expires_at, 'infinity')
                    OR s.expires_at IS NULL AND excluded.expires_at IS NULL
            """,
            [
                .text(suppression.address), .text(RecordText.line(suppression.scope, atMost: 200)),
                .text(suppression.reason.rawValue), .optional(suppression.detail.map { RecordText.line($0) }),
                .text(RecordText.line(suppression.source)),
                suppression.expires.map { .double($0.timeIntervalSince1970) } ?? .null,
                .bool(isLasting),
            ])
    }
}
