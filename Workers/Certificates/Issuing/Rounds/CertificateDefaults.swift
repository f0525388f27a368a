import CertificateRecord
import CertificateTemplates
import Jobs
import Mustache

/// What certificates say where nothing else is said, and how they are numbered.
struct CertificateDefaults: Sendable {
    let issuer: String?
    let template: String
    let page: String?
    let language: String?
    /// Less the code.
    let url: String
    /// With `{year}`, or without.
    let number: String

    /// - Parameter date: `2026-12-01`.
    func series(on date: String) -> String { number.replacing("{year}", with: date.prefix(4), maxReplacements: 1) }

    /// What a first certificate says.
    func details(
        for order: CertificateOrder, _ found: Lookup.Found, _ code: CertificateCode
    ) throws -> CertificateDetails {
        let (fields, course, learner) = (order.fields, found.course, found.row)
        guard let name = fields.name ?? learner?.name else {
            throw CertificateRefusal(
                "The learner's name is not known: give 'name', or write a row of coursework.certificate_learners.")
        }
        guard let title = fields.title ?? course?.title else {
            throw CertificateRefusal(
                "The course's title is not known: give 'title', or write a row of coursework.certificate_courses.")
        }
        guard let issuer = fields.issuer ?? course?.issuer ?? issuer else {
            throw CertificateRefusal(
                "Who issues is not known: give 'issuer', or set workers.certificate.issuer in the configuration.")
        }
        var details = CertificateDetails(
            name: name, title: title, issuer: issuer, date: try Self.day(fields.date ?? order.today, "date").iso,
            template: fields.template ?? course?.template ?? template, url: "\(url)/\(code)")
        details.expires = try expiry(fields, course, details.date)
        details.grade = fields.grade
        details.instructor = fields.instructor ?? course?.instructor
        details.signature = fields.signature ?? course?.signature
        details.language = fields.language ?? learner?.language ?? course?.language ?? language
        details.page = fields.page ?? course?.page ?? page
        details.description = fields.description ?? course?.description
        details.criteria = fields.criteria ?? course?.criteria
        details.set(mail: fields.mail ?? learner?.mail)
        return details
    }

    /// What a certificate says that replaces another: the same, but for what the order names.
    func details(
        replacing old: CertificateDescription, for order: CertificateOrder, _ found: Lookup.Found,
        _ code: CertificateCode
    ) throws -> CertificateDetails {
        let fields = order.fields
        var details = old.details
        details.name = fields.name ?? details.name
        details.title = fields.title ?? details.title
        details.issuer = fields.issuer ?? details.issuer
        if let date = fields.date { details.date = try Self.day(date, "date").iso }
        if let expires = fields.expires { details.expires = try Self.day(expires, "expires").iso }
        details.grade = fields.grade ?? details.grade
        details.instructor = fields.instructor ?? details.instructor
        details.signature = fields.signature ?? details.signature
        details.language = fields.language ?? details.language
        details.template = fields.template ?? details.template
        details.page = fields.page ?? details.page
        details.description = fields.description ?? details.description
        details.criteria = fields.criteria ?? details.criteria
        details.url = "\(url)/\(code)"
        if let mail = fields.mail ?? found.row?.mail { details.set(mail: mail) }
        try Self.check(details)
        return details
    }

    private func expiry(_ fields: CertificateFields, _ course: CourseRow?, _ date: String) throws -> String? {
        let date = try Self.day(date, "date")
        let expiry = try fields.expires.map { try Self.day($0, "expires") } ?? course?.validMonths.map(date.adding)
        if let expiry, expiry.iso < date.iso {
            throw CertificateRefusal("'expires' is before the date of issue; give a later day.")
        }
        return expiry?.iso
    }

    private static func check(_ details: CertificateDetails) throws(CertificateRefusal) {
        guard let expires = details.expires, expires < details.date else { return }
        throw CertificateRefusal("The certificate would expire before its date of issue; give 'expires'.")
    }

    private static func day(_ text: String, _ key: String) throws(CertificateRefusal) -> CertificateDate {
        guard let day = CertificateDate(text) else {
            throw CertificateRefusal("'\(key)' is no day; write one such as 2026-12-01.")
        }
        return day
    }
}

extension CertificateDetails {
    fileprivate mutating func set(mail fields: [String: MustacheValue]?) {
        guard let fields, let json = try? JobResult(encoding: fields).json else { return mail = nil }
        mail = String(decoding: json, as: UTF8.self)
        guard case .string(let to)? = fields["to"] else { return }
        // Without the name: `Ada Lovelace <ada@school.example>`.
        let open = to.lastIndex(of: "<").map(to.index(after:)) ?? to.startIndex
        address = String(to[open...].prefix { $0 != ">" })
    }
}
