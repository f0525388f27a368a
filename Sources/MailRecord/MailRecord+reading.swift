public import EffectLedger
internal import Jobs
internal import PostgresClient

extension MailRecord {
    private static let mostRecipients = 1000

    /// The mails that were begun last, at most so many.
    public func list(_ filter: MailFilter, limit: Int) async throws -> [MailDescription] {
        // The index of those that need attention is small; without this only the whole table has them.
        let attention =
            [.refused, .bounced, .suppressed, .ambiguous].contains(filter.state) ? "needs_attention AND" : ""
        return try await client.query(
            """
            SELECT \(MailDescription.columns) FROM coursework.mail_messages
            WHERE \(attention) ($1::text IS NULL OR state = $1) AND ($2::text IS NULL OR recipient = $2)
                AND ($3::text IS NULL OR list = $3) AND ($4::text IS NULL OR template = $4)
            ORDER BY id DESC LIMIT $5
            """,
            [
                .optional(filter.state?.rawValue), .optional(filter.recipient.map(MailAddress.normal)),
                .optional(filter.list.map { RecordText.line($0) }),
                .optional(filter.template.map { RecordText.line($0) }), .integer(limit),
            ]
        ).map { try MailDescription($0) }
    }

    /// The rows of a mail, one a recipient; none when it is not known.
    public func find(_ name: MailName) async throws -> [MailDescription] {
        let (condition, values): (String, [PostgresValue]) =
            switch name {
            case .row(let number): ("id = $1", [.integer(number)])
            case .messageID(let id): ("message_id = $1", [.text(RecordText.line(id))])
            case .key(let key):
                (
                    "key = $1 OR message_id >= $2 AND message_id < $3",
                    [.text(RecordText.line(key))] + Self.range(of: key)
                )
            }
        return try await client.query(
            """
            SELECT \(MailDescription.columns) FROM coursework.mail_messages
            WHERE \(condition) ORDER BY id LIMIT \(Self.mostRecipients)
            """, values
        ).map { try MailDescription($0) }
    }

    /// The Message-IDs of a job, whatever domain they end with; of what is no job's id there are none.
    private static func range(of key: String) -> [PostgresValue] {
        guard let job = JobID(key) else { return [.text(""), .text("")] }
        // In ASCII, A comes after @.
        return [.text("<\(job.queue).\(job.token)@"), .text("<\(job.queue).\(job.token)A")]
    }

    /// What befell a mail beside its being handed over and taken, oldest first.
    public func timeline(of row: Int) async throws -> [MailEvent] {
        try await client.query(
            """
            SELECT event, reason, status, source, extract(epoch FROM created_at)::float8 AS time
            FROM coursework.mail_events WHERE message = $1 ORDER BY id LIMIT 1000
            """, [.integer(row)]
        ).map { try MailEvent($0) }
    }

    /// How many recipients of a mail are in each state; a mailing is one mail.
    public func count(of key: EffectKey) async throws -> [MailState: Int] {
        let rows = try await client.query(
            "SELECT state, count(*) AS number FROM coursework.mail_messages WHERE key = $1 GROUP BY state",
            [.text(key.description)])
        var counts: [MailState: Int] = [:]
        for row in rows {
            guard let state = MailState(rawValue: try row["state"]) else { continue }
            counts[state] = try row["number"]
        }
        return counts
    }

    /// Of how many mails nobody knows whether they were sent.
    public func ambiguousCount() async throws -> Int {
        let rows = try await client.query(
            "SELECT count(*) AS number FROM coursework.mail_messages WHERE needs_attention AND state = 'ambiguous'")
        return try rows.first.map { try $0["number"] } ?? 0
    }
}
