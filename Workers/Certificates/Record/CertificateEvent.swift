package import FoundationEssentials
import PostgresClient

/// What befell a certificate.
package struct CertificateEvent: Sendable {
    /// `issued`, `reissued`, `revoked` or `erased`.
    package let event: String
    package let reason: String?
    /// A job's id, or a person.
    package let actor: String
    package let time: Date
}

extension CertificateEvent {
    init(_ row: PostgresRow) throws {
        (event, reason, actor) = (try row["event"], try row["reason"], try row["actor"])
        time = Date(timeIntervalSince1970: try row["time"])
    }
}
