import Database
import EffectLedger
import Jobs
import MailRecord
import PostgresClient
import TestSupport
import Testing

/// A migrated database with the record of mail in it.
struct RecordSite {
    let client: PostgresClient
    let record: MailRecord

    static func prepare(_ postgres: TestPostgres) async throws {
        _ = try await Migrator(postgres.configuration, loop: postgres.loop).migrate()
    }

    /// What a row says: `sent`, `bounced`.
    func states() async throws -> [String: String] {
        let rows = try await client.query("SELECT recipient, state FROM coursework.mail_messages")
        return Dictionary(uniqueKeysWithValues: try rows.map { (try $0["recipient"], try $0["state"]) })
    }

    func events() async throws -> [String] {
        try await client.query("SELECT event || ' by ' || source AS event FROM coursework.mail_events ORDER BY id")
            .map { try $0["event"] }
    }

    /// Address, scope and reason of each suppression.
    func suppressions() async throws -> [String] {
        try await client.query(
            """
            SELECT address || ' ' || scope || ' ' || reason AS what FROM coursework.mail_suppressions ORDER BY 1
            """
        ).map { try $0["what"] }
    }

    /// Announces a mail that may proceed to all its recipients.
    func proceed(_ entry: MailEntry) async throws -> [MailTicket] {
        try await record.begin(entry).map { beginning in
            guard case .proceed(let ticket) = beginning else { throw TestFailure("\(beginning)") }
            return ticket
        }
    }
}

extension MailEntry {
    static func test(_ number: Int = 1, to recipients: String..., policy: AmbiguityPolicy = .atMostOnce) -> MailEntry {
        let recipients = recipients.isEmpty ? ["ada@school.example"] : recipients
        guard let job = JobID("emails:\(number)-0"), let key = try? EffectKey("\(job)") else {
            preconditionFailure("\(number) makes no id")
        }
        var entry = MailEntry(
            key: key, job: job, messageID: "<emails.\(number)-0@school.example>", recipients: recipients)
        entry.subject = "Welcome, Ada"
        entry.policy = policy
        return entry
    }
}

extension MailBeginning {
    var isAmbiguous: Bool { if case .ambiguous = self { true } else { false } }
}

func withRecord(_ body: (RecordSite, TestPostgres) async throws -> Void) async throws {
    try await withPostgres { postgres in
        try await RecordSite.prepare(postgres)
        try await body(RecordSite(client: postgres.client, record: MailRecord(postgres.client)), postgres)
    }
}
