import EmailWorker
import MailRecord
import PostgresClient

/// What a server knows of mail: its settings, and its record.
struct ServedMail {
    /// Nil where there is no database.
    let record: MailRecord?
    private let settings: EmailSettings
    private let setup: Setup

    init(_ setup: Setup, _ database: PostgresClient?) throws {
        let settings = try setup.configuration.settings(for: EmailDomain.name, as: EmailSettings.self)
        (self.setup, self.settings) = (setup, settings)
        let expiry = try Self.configured { try settings.hardBounceExpiry() }
        record = database.map { MailRecord($0, persistence: Persistence(limit: .zero), hardBounceExpiry: expiry) }
    }

    /// Nil where links are not set.
    var unsubscribeTokens: UnsubscribeTokens? {
        get throws {
            guard settings.unsubscribe != nil else { return nil }
            return try Self.configured { try settings.unsubscribeTokens(setup.surroundings(logger: .silent)) }
        }
    }

    /// Nil where none of SendGrid's events are taken.
    var sendGridSignatures: SendGridSignatures? {
        get throws { try Self.configured { try settings.sendGridSignatures() } }
    }

    /// What is wrong with a setting ends the server before it begins.
    private static func configured<Value>(_ value: () throws -> Value) throws -> Value {
        do { return try value() } catch { throw CommandFailure(.configuration, "\(error)") }
    }
}
