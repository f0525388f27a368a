internal import DeliveryReports
internal import EffectLedger
internal import FoundationEssentials
internal import Platform
internal import PostgresClient

/// An attempt that is about to hand a mail over.
final class Announcement: Sendable {
    let entry: MailEntry
    /// Of all its recipients. An announcement that is written again is known by it.
    let token = RecordToken.make()
    /// In the order of the entry's.
    private let names: [String]
    /// Each once.
    let recipients: [String]

    init(_ entry: MailEntry) {
        self.entry = entry
        names = entry.recipients.map(MailAddress.normal)
        recipients = names.count == 1 ? names : Set(names).sorted()
    }

    /// Whether both concern a row: one statement cannot write it twice.
    static func overlap(_ one: Announcement, _ other: Announcement) -> Bool {
        one.entry.key == other.entry.key && one.recipients.contains(where: other.recipients.contains)
    }

    fileprivate struct RowName: Hashable {
        let key: String
        let recipient: String
    }

    fileprivate func beginnings(_ rows: [RowName: MailRow]) throws(PostgresError) -> [MailBeginning] {
        var beginnings: [MailBeginning] = []
        for recipient in names {
            guard let row = rows[RowName(key: entry.key.description, recipient: recipient)] else {
                throw PostgresError(.unexpectedValue, "PostgreSQL did not answer for every recipient of the mail.")
            }
            beginnings.append(beginning(row))
        }
        return beginnings
    }

    private func beginning(_ row: MailRow) -> MailBeginning {
        let isOurs = row.token == token
        switch row.state {
        case .suppressed where isOurs: return .suppressed(reason: row.reason ?? "")
        case .sending where isOurs: return .proceed(MailTicket(id: row.id, token: row.token))
        case _ where !Protection.mailRecord.isOn: return .proceed(MailTicket(id: row.id, token: row.token))
        case .ambiguous, .sending: return .ambiguous(since: row.updated)
        case .queued, .sent, .refused, .bounced, .suppressed: return .ended(row.state, reason: row.reason)
        }
    }
}

/// A row of `coursework.mail_messages`, as far as its beginning goes.
private struct MailRow {
    let id: Int
    let state: MailState
    let token: String
    let reason: String?
    let updated: Date

    /// By the numbers of the columns: names would be looked up for every mail.
    init(_ row: PostgresRow) throws(PostgresError) {
        id = try row[2]
        // The table allows no other.
        state = MailState(rawValue: try row[3]) ?? .ambiguous
        token = try row[4]
        reason = try row[5]
        updated = Date(timeIntervalSince1970: try row[6])
    }
}

extension [Announcement] {
    /// One statement: a row is made, or taken over where the mail may be handed over, or left as it is. Whom the list of
    /// suppressed addresses names is told apart in it.
    private static let statement = """
        INSERT INTO coursework.mail_messages AS m (
            key, recipient, job, message_id, subject, template, list, at_least_once, token, state, reason)
        SELECT n.key, n.recipient, n.job, n.message_id, n.subject, n.template, n.list, n.at_least_once, n.token,
            CASE WHEN s.why IS NULL OR n.override IS NOT NULL THEN 'sending' ELSE 'suppressed' END,
            CASE WHEN s.why IS NOT NULL AND n.override IS NOT NULL
                THEN 'Sent although suppressed (' || s.why || '): ' || n.override ELSE s.why END
        FROM unnest(
            $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::boolean[],
            $9::text[], $10::text[]
        ) AS n (key, recipient, job, message_id, subject, template, list, at_least_once, override, token)
        LEFT JOIN coursework.mail_suppression_key AS k ON true
        LEFT JOIN LATERAL (
            SELECT reason || coalesce(': ' || detail, '') AS why FROM coursework.mail_suppressions
            WHERE address IN (n.recipient, \(ErasedAddress.sql(of: "n.recipient"))) AND scope IN ('*', n.list)
                AND (reason <> 'unsubscribe' OR n.list IS NOT NULL)
                AND (expires_at IS NULL OR expires_at > now())
            ORDER BY scope LIMIT 1
        ) AS s ON true
        ORDER BY n.key, n.recipient
        ON CONFLICT (key, recipient) DO UPDATE SET
            (state, token, job, message_id, attempts, reason, updated_at) = (
                SELECT
                    CASE WHEN free THEN excluded.state WHEN lost THEN 'ambiguous' ELSE m.state END,
                    CASE WHEN free THEN excluded.token ELSE m.token END,
                    CASE WHEN free THEN excluded.job ELSE m.job END,
                    CASE WHEN free THEN excluded.message_id ELSE m.message_id END,
                    CASE WHEN free THEN m.attempts + 1 ELSE m.attempts END,
                    CASE WHEN free THEN excluded.reason
                        WHEN lost THEN 'The attempt that handed it over never told how that ended.' ELSE m.reason END,
                    CASE WHEN free THEN now() ELSE m.updated_at END
                FROM (
                    SELECT m.token <> excluded.token AND (
                            m.state IN ('queued', 'suppressed')
                            OR m.state = 'refused' AND excluded.token = ANY($11::text[])
                            OR m.state IN ('sending', 'ambiguous') AND excluded.at_least_once) AS free,
                        m.token <> excluded.token AND m.state = 'sending' AS lost
                ) AS found)
        RETURNING key, recipient, id, state, token, reason, extract(epoch FROM updated_at)::float8 AS updated
        """

    /// - Returns: the beginnings of each, in their order.
    func write(to client: PostgresClient) async throws -> [[MailBeginning]] {
        let rows = try await client.query(Self.statement, parameters)
        var found: [Announcement.RowName: MailRow] = [:]
        for row in rows {
            found[Announcement.RowName(key: try row[0], recipient: try row[1])] = try MailRow(row)
        }
        return try map { try $0.beginnings(found) }
    }

    private var parameters: [PostgresValue] {
        [
            column { $0.key.description }, .texts(flatMap(\.recipients)),
            column { $0.job.description }, column { RecordText.line($0.messageID) },
            column { $0.subject.map { RecordText.line($0) } }, column { $0.template.map { RecordText.line($0) } },
            column { $0.list.map { RecordText.line($0, atMost: 200) } },
            column { $0.policy == .atLeastOnce ? "t" : "f" }, column { $0.override.map { RecordText.line($0) } },
            .texts(flatMap { announcement in announcement.recipients.map { _ in announcement.token } }),
            .texts(filter(\.entry.retriesRefused).map(\.token)),
        ]
    }

    /// The same for every recipient of a mail.
    private func column(_ value: (MailEntry) -> String?) -> PostgresValue {
        .texts(flatMap { [String?](repeating: value($0.entry), count: $0.recipients.count) })
    }
}
