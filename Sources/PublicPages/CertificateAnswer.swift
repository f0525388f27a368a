import CertificateRecord
import FoundationEssentials
import JOSE

/// What a program learns of a certificate.
struct CertificateAnswer: Encodable {
    private let state: String
    private let code: String
    private let number: String?
    private let edition: Int
    /// Nil where the learner was erased.
    private let learner: String?
    private let course: String
    private let issuer: String
    private let grade: String?
    /// `2026-12-01`, as all days here.
    private let issued: String
    private let expires: String?
    private let revoked: String?
    /// Of the file.
    private let sha256: String?
    /// The path of the credential.
    private let badge: String?

    init(_ certificate: CertificateDescription) {
        let details = certificate.details
        (state, code, edition) = (certificate.state.rawValue, certificate.code, certificate.edition)
        number = certificate.number?.description
        learner = certificate.isErased ? nil : details.name
        (course, issuer, grade) = (details.title, details.issuer, details.grade)
        (issued, expires) = (details.date, details.expires)
        revoked = certificate.revoked.map { String($0.formatted(.iso8601).prefix(10)) }
        sha256 = certificate.isErased ? nil : certificate.sha256
        badge = certificate.badge.map { _ in "/certificates/\(certificate.code)/badge" }
    }

    var json: [UInt8] { SortedJSON.bytes(self) }
}
