internal import DeliveryReports
internal import PostgresClient

/// A row of `coursework.mail_messages` that a report concerns, locked until the end of its transaction.
struct RecordedRow {
    let id: Int
    let recipient: String
    let list: String?
    let state: MailState
    let isErased: Bool
    /// Whether the report names its recipient.
    private(set) var isNamed = false

    /// Nil when the report concerns no mail that is known.
    static func find(_ report: DeliveryReport, in transaction: PostgresTransaction) throws -> RecordedRow? {
        let rows = try rows(of: report, in: transaction)
        let names = report.recipients.map(MailAddress.normal)
        for name in names {
            if var row = rows.first(where: { $0.recipient == name }) {
                row.isNamed = true
                return row
            }
        }
        // Forwarded, perhaps; of several recipients nobody can say which.
        return rows.count == 1 ? rows[0] : nil
    }

    /// Those of the mail that its Message-ID names, or else the address to which the report was sent.
    private static func rows(of report: DeliveryReport, in transaction: PostgresTransaction) throws -> [RecordedRow] {
        if let messageID = report.messageID {
            let rows = try rows(where: "message_id = $1", [.text(RecordText.line(messageID))], transaction)
            if !rows.isEmpty { return rows }
        }
        guard let name = report.mailName.map({ RecordText.line($0) }) else { return [] }
        // In ASCII, A comes after @.
        return try rows(
            where: "message_id >= $1 AND message_id < $2", [.text("<\(name)@"), .text("<\(name)A")], transaction)
    }

    private static func rows(
        where condition: String, _ values: [PostgresValue], _ transaction: PostgresTransaction
    ) throws -> [RecordedRow] {
        try transaction.query(
            """
            SELECT id, recipient, list, state, erased_at IS NOT NULL AS is_erased
            FROM coursework.mail_messages WHERE \(condition) ORDER BY id LIMIT 1000 FOR UPDATE
            """, values
        ).map { try RecordedRow($0) }
    }

    private init(_ row: PostgresRow) throws(PostgresError) {
        id = try row["id"]
        recipient = try row["recipient"]
        list = try row["list"]
        // The table allows no other.
        state = MailState(rawValue: try row["state"]) ?? .ambiguous
        isErased = try row["is_erased"]
    }

    func change(to state: MailState, _ report: DeliveryReport, in transaction: PostgresTransaction) throws {
        try transaction.query(
            """
            UPDATE coursework.mail_messages SET state = $2, status = $3, updated_at = now(),
                reason = CASE WHEN erased_at IS NULL THEN coalesce($4, reason) END,
                sent_at = CASE WHEN $2 = 'sent' THEN coalesce(sent_at, updated_at) ELSE sent_at END
            WHERE id = $1
            """,
            [
                .integer(id), .text(state.rawValue), .optional(report.status?.description),
                .optional(report.reason.map { RecordText.line($0) }),
            ])
    }
}
