import Jobs
import MailRecord
import PostgresClient

extension EmailSettings {
    /// The record where there is a database for it.
    func deliveryLog(_ surroundings: Surroundings) -> any DeliveryLog {
        guard let client = surroundings.services[PostgresClient.self] else { return CheckpointLog() }
        return RecordLog(
            record: MailRecord(client), repeatedTemplates: Set(atLeastOnce ?? ["password-reset", "verify-address"]))
    }
}
