import FoundationEssentials
import Mustache
import PostgresClient

/// Readers that are rows of `coursework.mailing_recipients`, in the order they were added.
struct TableRecipients: MailingRecipients {
    private static let portion = 500

    let mailing: String
    let client: PostgresClient
    /// How many there were when the broadcast began.
    private let total: Int

    init(_ mailing: String, _ client: PostgresClient) async throws {
        let rows = try await client.query(
            "SELECT count(*) AS number FROM coursework.mailing_recipients WHERE mailing = $1", [.text(mailing)])
        total = try rows.first.map { try $0["number"] } ?? 0
        (self.mailing, self.client) = (mailing, client)
    }

    /// The table checks its rows.
    func check() throws(InvalidEmail) {
        guard total > 0 else { throw InvalidEmail("The mailing '\(mailing)' has no recipients.") }
    }

    func portion(after position: BroadcastPosition) async throws -> RecipientPortion? {
        let rows = try await client.query(
            """
            SELECT id, address, data::text, locale FROM coursework.mailing_recipients
            WHERE mailing = $1 AND id > $2 ORDER BY id LIMIT $3
            """, [.text(mailing), .integer(position.last), .integer(Self.portion)])
        guard let last = rows.last else { return nil }
        var position = position
        position.last = try last["id"]
        position.recipients += rows.count
        return RecipientPortion(
            readers: try rows.map { try MailingRecipient($0) }, position: position,
            done: Double(position.recipients) / Double(max(total, position.recipients)))
    }
}

extension MailingRecipient {
    fileprivate init(_ row: PostgresRow) throws {
        let (id, text): (Int, String?) = (try row["id"], try row["data"])
        self.init(
            token: "\(id)", address: try row["address"],
            data: try text.map { try JSONDecoder().decode([String: MustacheValue].self, from: Data($0.utf8)) },
            locale: try row["locale"])
    }
}
