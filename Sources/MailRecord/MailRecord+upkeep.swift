internal import PostgresClient

extension MailRecord {
    private static let rowsAtOnce = 1000

    /// Takes over what a person found out about a mail of which nobody knew whether it was sent.
    ///
    /// Not of one that was handed over a moment ago: its attempt may still tell.
    /// - Parameter wasSent: false lets the next attempt send it: replay its job.
    /// - Returns: false when the row is not open.
    public func resolve(_ row: Int, wasSent: Bool, by person: String, reason: String?) async throws -> Bool {
        try await client.query(
            """
            WITH resolved AS (
                UPDATE coursework.mail_messages SET state = $2, token = $3, updated_at = now(),
                    sent_at = CASE WHEN $2 = 'sent' THEN updated_at END
                WHERE id = $1 AND (state = 'ambiguous' OR state = 'sending' AND updated_at < now() - interval '15 minutes')
                RETURNING id
            ), noted AS (
                INSERT INTO coursework.mail_events (message, event, reason, source)
                SELECT id, 'resolved', CASE WHEN $2 = 'sent' THEN 'sent' ELSE 'not sent' END || coalesce(': ' || $4, ''), $5
                FROM resolved
            ) SELECT id FROM resolved
            """,
            [
                .integer(row), .text(wasSent ? "sent" : "queued"), .text(RecordToken.make()),
                .optional(reason.map { RecordText.line($0) }), .text(RecordText.line(person)),
            ]
        ).count > 0
    }

    /// What an erasure found.
    public struct Erasure: Sendable, Equatable, Encodable {
        public let messages: Int
        public let suppressions: Int
        public let recipients: Int
    }

    /// Takes a person out of the record: the address becomes a name that is nobody's, and the subject, the reasons and the
    /// key that may hold it are gone. What stays can be counted and not be told apart.
    ///
    /// A suppression of the address goes on, of a keyed hash of it. An attempt that is under way tells its end without the address.
    public func erase(_ address: String) async throws -> Erasure {
        let address = MailAddress.normal(address)
        return try await client.transaction { transaction in
            let messages = try transaction.query(
                """
                UPDATE coursework.mail_messages SET erased_at = now(), recipient = 'erased:' || id, subject = NULL,
                    reason = NULL, key = CASE WHEN position($1 IN lower(key)) > 0 THEN 'erased:' || id ELSE key END
                WHERE recipient = $1 RETURNING id
                """, [.text(address)])
            let rows: [Int?] = try messages.map { try $0["id"] as Int }
            try transaction.query(
                "UPDATE coursework.mail_events SET reason = NULL WHERE message = ANY($1::bigint[])", [.integers(rows)])
            // What was said of others of the same mail may name everybody.
            try transaction.query(
                """
                UPDATE coursework.mail_messages SET subject = NULL, reason = NULL
                WHERE key IN (SELECT key FROM coursework.mail_messages WHERE id = ANY($1::bigint[]))
                    AND position($2 IN lower(coalesce(subject, '') || ' ' || coalesce(reason, ''))) > 0
                """, [.integers(rows), .text(address)])
            let suppressions = try transaction.query(
                """
                WITH gone AS (
                    DELETE FROM coursework.mail_suppressions WHERE address = $1
                    RETURNING scope, reason, created_at, expires_at
                )
                INSERT INTO coursework.mail_suppressions AS s (address, scope, reason, source, created_at, expires_at)
                SELECT \(ErasedAddress.sql(of: "$1")), scope, reason, 'erased', created_at, expires_at
                FROM gone, coursework.mail_suppression_key AS k
                ON CONFLICT (address, scope) DO UPDATE SET expires_at = CASE
                    WHEN s.expires_at IS NULL OR excluded.expires_at IS NULL THEN NULL
                    ELSE greatest(s.expires_at, excluded.expires_at) END
                """, [.text(address)])
            let recipients = try transaction.query(
                "DELETE FROM coursework.mailing_recipients WHERE lower(address) = $1", [.text(address)])
            return Erasure(
                messages: rows.count, suppressions: suppressions.affected, recipients: recipients.affected)
        }
    }

    /// Forgets mails that were begun longer ago than this, but those of which nobody knows whether they were sent.
    ///
    /// A mail that is forgotten can be sent again: the age must be longer than any job can come back.
    /// - Returns: how many rows went.
    public func deleteEnded(olderThan age: Duration) async throws -> Int {
        var deleted = 0
        while true {
            // In portions, so that no transaction is long.
            let rows = try await client.query(
                """
                DELETE FROM coursework.mail_messages WHERE id IN (
                    SELECT id FROM coursework.mail_messages
                    WHERE created_at < now() - make_interval(secs => $1) AND state NOT IN ('sending', 'ambiguous')
                    LIMIT $2 FOR UPDATE SKIP LOCKED)
                """, [.double(age / .seconds(1)), .integer(Self.rowsAtOnce)])
            deleted += rows.affected
            if rows.affected < Self.rowsAtOnce { return deleted }
        }
    }
}
