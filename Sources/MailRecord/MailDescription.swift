public import FoundationEssentials
internal import PostgresClient

/// A mail as it is recorded for one recipient.
public struct MailDescription: Sendable, Equatable {
    /// Names the row.
    public let id: Int
    public let key: String
    /// The job that made the last attempt.
    public let job: String
    public let messageID: String
    /// After an erasure a name that is nobody's.
    public let recipient: String
    public let subject: String?
    public let template: String?
    public let list: String?
    public let state: MailState
    public let attempts: Int
    /// What was said last, and its status.
    public let reason: String?
    public let status: String?
    public let transport: String?
    public let created: Date
    public let updated: Date
    public let sent: Date?

    static let columns = """
        id, key, job, message_id, recipient, subject, template, list, state, attempts, reason, status, transport,
        extract(epoch FROM created_at)::float8 AS created, extract(epoch FROM updated_at)::float8 AS updated,
        extract(epoch FROM sent_at)::float8 AS sent
        """

    init(_ row: PostgresRow) throws(PostgresError) {
        id = try row["id"]
        key = try row["key"]
        job = try row["job"]
        messageID = try row["message_id"]
        recipient = try row["recipient"]
        subject = try row["subject"]
        template = try row["template"]
        list = try row["list"]
        // The table allows no other.
        state = MailState(rawValue: try row["state"]) ?? .ambiguous
        attempts = try row["attempts"]
        reason = try row["reason"]
        status = try row["status"]
        transport = try row["transport"]
        created = Date(timeIntervalSince1970: try row["created"])
        updated = Date(timeIntervalSince1970: try row["updated"])
        let sent: Double? = try row["sent"]
        self.sent = sent.map { Date(timeIntervalSince1970: $0) }
    }
}
