import Jobs
import MailRecord
import PostgresClient

extension EmailSettings {
    /// The record where there is a database for it.
    func deliveryLog(_ surroundings: Surroundings) throws -> any DeliveryLog {
        guard let client = surroundings.services[PostgresClient.self] else { return CheckpointLog() }
        return RecordLog(
            record: MailRecord(client, hardBounceExpiry: try hardBounceExpiry()),
            repeatedTemplates: Set(atLeastOnce ?? ["password-reset", "verify-address"]))
    }

    /// Nil is for ever.
    /// - Throws: an error whose description says what is wrong with the setting.
    package func hardBounceExpiry() throws -> Duration? {
        guard let text = suppressHardBouncesFor else { return MailRecord.hardBounceExpiry }
        guard text != "forever" else { return nil }
        guard let expiry = try? DurationText.parse(text), expiry >= .seconds(3600) else {
            throw InvalidSettings(
                key: "suppressHardBouncesFor", "it is a time of at least an hour, such as \"180d\", or \"forever\".")
        }
        return expiry
    }
}
