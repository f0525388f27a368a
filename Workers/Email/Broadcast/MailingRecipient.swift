import FoundationEssentials
import Mustache
import PostgresClient

/// A reader of a mailing: a row of `coursework.mailing_recipients`.
struct MailingRecipient {
    let id: Int
    let address: String
    /// Above what all readers see.
    let data: [String: MustacheValue]?
    let locale: String?

    init(id: Int, address: String, data: [String: MustacheValue]?, locale: String?) {
        (self.id, self.address, self.data, self.locale) = (id, address, data, locale)
    }

    static func count(in mailing: String, _ client: PostgresClient) async throws -> Int {
        let rows = try await client.query(
            "SELECT count(*) AS number FROM coursework.mailing_recipients WHERE mailing = $1", [.text(mailing)])
        return try rows.first.map { try $0["number"] } ?? 0
    }

    /// The next so many, in the order they were added.
    static func read(
        _ count: Int, of mailing: String, after id: Int, _ client: PostgresClient
    ) async throws -> [MailingRecipient] {
        try await client.query(
            """
            SELECT id, address, data::text, locale FROM coursework.mailing_recipients
            WHERE mailing = $1 AND id > $2 ORDER BY id LIMIT $3
            """, [.text(mailing), .integer(id), .integer(count)]
        ).map { try MailingRecipient($0) }
    }

    private init(_ row: PostgresRow) throws {
        id = try row["id"]
        address = try row["address"]
        locale = try row["locale"]
        let text: String? = try row["data"]
        data = try text.map { try JSONDecoder().decode([String: MustacheValue].self, from: Data($0.utf8)) }
    }
}
