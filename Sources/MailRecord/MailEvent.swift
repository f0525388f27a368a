public import FoundationEssentials
internal import PostgresClient

/// Something that befell a mail: a line of its timeline.
public struct MailEvent: Sendable, Equatable {
    public let event: String
    public let reason: String?
    public let status: String?
    /// Who said so: `worker`, `dsn`, `sendgrid`, or a person.
    public let source: String
    public let time: Date

    init(_ row: PostgresRow) throws(PostgresError) {
        event = try row["event"]
        reason = try row["reason"]
        status = try row["status"]
        source = try row["source"]
        time = Date(timeIntervalSince1970: try row["time"])
    }
}
