import CertificateRecord
import CertificateSigning
import FoundationEssentials
import Jobs
import Storage

/// A certificate as `--json` prints it.
struct CertificateReport: Encodable {
    struct Event: Encodable {
        let event: String
        let time: Timestamp
        let reason: String?
        let actor: String
    }

    /// Of the file that was looked at.
    struct Signature: Encodable {
        let signer: String
        /// Whether it is the one that signs here, or one that it vouches for.
        let trusted: Bool
        let time: Timestamp?
        /// When it existed, as a server of time-stamps says.
        let timestamp: Timestamp?

        init(_ document: SignedDocument) {
            (signer, trusted) = (document.signer, document.isTrusted)
            time = document.claimedTime.map { Timestamp(milliseconds: $0 * 1000) }
            timestamp = document.timestamp.map { Timestamp(milliseconds: $0.time * 1000) }
        }
    }

    let code: String
    let number: String?
    let state: String
    let learner: String
    let name: String
    let course: String
    let version: Int
    let edition: Int
    let title: String
    let issuer: String
    let date: String
    let expires: String?
    let grade: String?
    let template: String
    let url: String
    let job: String
    let file: String?
    /// Where that lies.
    let place: String?
    let sha256: String?
    let bytes: Int?
    let issued: Timestamp?
    let revoked: Timestamp?
    let reason: String?
    /// The code of the edition that took its place.
    let replacedBy: String?
    /// Nil where no file was looked at, or nobody signed it.
    let signature: Signature?
    /// Nil in lists.
    let history: [Event]?

    init(
        _ certificate: CertificateDescription, in storage: any ObjectStorage, replacedBy: String? = nil,
        history: [CertificateEvent]? = nil, signature: Signature? = nil
    ) {
        let details = certificate.details
        (code, number, state) = (certificate.code, certificate.number?.description, certificate.state.rawValue)
        (learner, name, course) = (certificate.learner, details.name, certificate.course)
        (version, edition, title, issuer) = (certificate.version, certificate.edition, details.title, details.issuer)
        (date, expires, grade, template) = (details.date, details.expires, details.grade, details.template)
        (url, job, file) = (details.url, certificate.job, certificate.file)
        place = certificate.file.flatMap { StorageKey($0) }.map(storage.place)
        (sha256, bytes, reason) = (certificate.sha256, certificate.bytes, certificate.reason)
        issued = certificate.issued.map { Timestamp($0) }
        revoked = certificate.revoked.map { Timestamp($0) }
        self.replacedBy = replacedBy
        self.signature = signature
        self.history = history.map {
            $0.map { Event(event: $0.event, time: Timestamp($0.time), reason: $0.reason, actor: $0.actor) }
        }
    }

    /// For a person.
    var text: String {
        let lines: [(String, String?)] = [
            ("code", code), ("number", number), ("state", state), ("reason", reason), ("replaced by", replacedBy),
            ("learner", learner), ("name", name), ("course", "\(course), version \(version)"), ("title", title),
            ("edition", edition == 1 ? nil : "\(edition)"), ("issuer", issuer), ("date", date), ("expires", expires),
            ("grade", grade), ("template", template), ("page", url), ("job", job), ("file", place), ("sha256", sha256),
        ]
        let story = (history ?? []).map { event in
            Terminal.line(
                "  \(event.time)  \(event.event) (\(event.actor))" + (event.reason.map { ": \($0)" } ?? ""))
        }
        return ([TextTable.list(lines)] + (story.isEmpty ? [] : ["", "what befell it:"] + story)).joined(
            separator: "\n")
    }

    static func table(_ reports: [CertificateReport]) -> String {
        let rows = reports.map { report in
            [
                report.code, report.number ?? "-", report.state, report.date, Terminal.line(report.learner, atMost: 30),
                Terminal.line(report.name, atMost: 40), Terminal.line(report.title, atMost: 50),
            ]
        }
        return TextTable.layOut(
            [["code", "number", "state", "date", "learner", "name", "course"]] + rows, leftColumns: 7)
    }
}
