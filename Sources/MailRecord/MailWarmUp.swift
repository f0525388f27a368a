public import PostgresClient

/// The warm-up of a transport whose address nobody knows yet: a day's mails are counted in the table
/// `coursework.mail_warm_ups`, over all processes and queues, and through every restart.
///
/// The first day has ``first`` mails, each further day on which it sends twice as many. When a day would have ``end`` the
/// warm-up is over, for good.
public struct MailWarmUp: Sendable {
    /// What was asked for.
    public enum Answer: Sendable, Equatable {
        /// Counted: send it.
        case granted
        /// Nothing is counted any more.
        case isOver
        /// Not before the next day begins.
        case refused(allowance: Int, nextDay: Duration)
    }

    /// Of each ten mails of a day, how many may be bulk: somebody waits for the others.
    private static let bulkShare = 8

    private let client: PostgresClient
    private let transport: String
    public let first: Int
    public let end: Int

    /// - Parameters:
    ///   - transport: its name in the configuration.
    ///   - first: of the first day, at least 1.
    ///   - end: more than `first`.
    public init(_ client: PostgresClient, transport: String, first: Int, end: Int) {
        self.client = client
        self.transport = RecordText.line(transport, atMost: 300)
        (self.first, self.end) = (first, end)
    }

    /// What the day may have.
    private static let rule = """
        WITH today AS (
            SELECT (now() AT TIME ZONE 'UTC')::date AS day
        ), rule AS (
            SELECT day, least($3::float8 * power(2, least((
                SELECT count(*) FROM coursework.mail_warm_ups AS w
                WHERE w.transport = $1 AND w.day < today.day AND sent > 0), 40)), $2::float8)::bigint AS allowance
            FROM today
        )
        """

    private static let taking = """
        \(rule), share AS (
            SELECT day, allowance, CASE WHEN $5 THEN allowance * $6::bigint / 10 ELSE allowance END AS share FROM rule
        ), taken AS (
            INSERT INTO coursework.mail_warm_ups AS w (transport, day, sent)
            SELECT $1, day, $4::bigint FROM share WHERE allowance < $2::bigint
            -- A mail to more people than a day may have is the first of its day, or it would wait for ever.
            ON CONFLICT (transport, day) DO UPDATE SET sent = w.sent + excluded.sent
                WHERE w.sent <= 0 OR w.sent + excluded.sent <= (SELECT share FROM share)
            RETURNING day
        )
        SELECT allowance, EXISTS (SELECT FROM taken) AS taken,
            extract(epoch FROM (day + 1)::timestamp AT TIME ZONE 'UTC' - now())::float8 AS left
        FROM share
        """

    /// Counts a mail that is about to be sent.
    /// - Parameters:
    ///   - recipients: how many it is for.
    ///   - isBulk: whether nobody waits for it: a fifth of the day is kept for what somebody waits for.
    public func take(_ recipients: Int, isBulk: Bool) async throws -> Answer {
        let rows = try await client.query(
            Self.taking,
            [
                .text(transport), .integer(end), .integer(first), .integer(recipients), .bool(isBulk),
                .integer(Self.bulkShare),
            ])
        guard let row = rows.first else { return .granted }
        let allowance: Int = try row["allowance"]
        guard allowance < end else { return .isOver }
        guard try row["taken"] else {
            return .refused(allowance: allowance, nextDay: .seconds(try row["left"] as Double))
        }
        return .granted
    }

    /// How many were counted today, and how many may be; nil when it is over.
    public func today() async throws -> (sent: Int, allowance: Int)? {
        let rows = try await client.query(
            """
            \(Self.rule) SELECT allowance, coalesce((
                SELECT sent FROM coursework.mail_warm_ups AS w WHERE w.transport = $1 AND w.day = rule.day), 0) AS sent
            FROM rule
            """, [.text(transport), .integer(end), .integer(first)])
        guard let row = rows.first else { return nil }
        let allowance: Int = try row["allowance"]
        return allowance < end ? (try row["sent"], allowance) : nil
    }

    /// It was not sent after all.
    public func giveBack(_ recipients: Int) async throws {
        try await client.query(
            """
            UPDATE coursework.mail_warm_ups SET sent = greatest(0, sent - $2)
            WHERE transport = $1 AND day = (now() AT TIME ZONE 'UTC')::date
            """, [.text(transport), .integer(recipients)])
    }
}
