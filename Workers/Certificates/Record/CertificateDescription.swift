package import FoundationEssentials
package import PostgresClient

/// A certificate, as its row tells it.
package struct CertificateDescription: Sendable {
    package let id: Int
    package let code: String
    package let number: CertificateNumber?
    package let learner: String
    package let course: String
    /// Of the course.
    package let version: Int
    /// 1, and one more for each time it was re-issued.
    package let edition: Int
    package let state: CertificateState
    package let details: CertificateDetails
    package let job: String
    /// The key of the PDF in the storage; nil while it is being made.
    package let file: String?
    /// In hexadecimal digits.
    package let sha256: String?
    package let bytes: Int?
    /// A signed JWT.
    package let badge: String?
    package let issued: Date?
    package let revoked: Date?
    /// Why it was revoked or re-issued.
    package let reason: String?
    package let isErased: Bool
    /// When it got its code and number, in seconds since 1970.
    package let reserved: Int
    /// How long ago that is, in seconds.
    package let age: Double

    package var status: CredentialStatus { CredentialStatus(certificate: id) }
}

extension CertificateDescription {
    package static let columns = """
        c.id, c.code, c.series, c.number, c.learner, c.course, c.version, c.edition, \(CertificateState.column) AS state,
            c.content::text AS content, c.job, c.file, c.sha256, c.bytes, c.badge, c.reason,
            extract(epoch FROM c.issued_at)::float8 AS issued, extract(epoch FROM c.revoked_at)::float8 AS revoked,
            c.erased_at IS NOT NULL AS erased, extract(epoch FROM c.reserved_at)::bigint AS reserved, extract(epoch FROM now() - c.reserved_at)::float8 AS age
        """

    package init(_ row: PostgresRow) throws {
        (id, code, learner, course) = (try row["id"], try row["code"], try row["learner"], try row["course"])
        (version, edition, job) = (try row["version"], try row["edition"], try row["job"])
        let (series, count): (String, Int?) = (try row["series"], try row["number"])
        number = count.map { CertificateNumber(series: series, number: $0) }
        let name: String = try row["state"]
        guard let state = CertificateState(rawValue: name) else {
            throw PostgresError(.unexpectedValue, "A certificate is in the state '\(name)', which is none.")
        }
        self.state = state
        details = try CertificateDetails(json: try row["content"])
        (file, sha256, bytes, badge) = (try row["file"], try row["sha256"], try row["bytes"], try row["badge"])
        issued = (try row["issued"] as Double?).map(Date.init(timeIntervalSince1970:))
        revoked = (try row["revoked"] as Double?).map(Date.init(timeIntervalSince1970:))
        (reason, isErased, age) = (try row["reason"], try row["erased"], try row["age"])
        reserved = try row["reserved"]
    }
}
