import CertificateRecord
import Jobs
import Mustache

/// A certificate that a job asks for.
struct CertificateOrder: Sendable {
    enum Kind: Sendable {
        /// The first of its learner, course and version.
        case first(learner: String, course: String, version: Int?)
        /// One that replaces another.
        case edition(of: CertificateCode, reason: String)
    }

    let kind: Kind
    let fields: CertificateFields
    let job: JobID
    /// Of today, in UTC: `2026-12-01`.
    let today: String
}

extension CertificateOrder {
    /// - Throws: ``CertificateRefusal``.
    init(_ job: IssueCertificate, _ context: JobContext) throws(CertificateRefusal) {
        guard let course = job.course else {
            throw CertificateRefusal("The job names no course; a quiz that awards certificates must belong to one.")
        }
        try Self.check(job.learner, "learner")
        try Self.check(course, "course")
        if let version = job.version, !(1...Int(Int32.max)).contains(version) {
            throw CertificateRefusal("The course's version must be a number from 1.")
        }
        try Self.check(job.fields)
        kind = .first(learner: job.learner, course: course, version: job.version)
        (fields, self.job, today) = (job.fields, context.id, Self.day(context))
    }

    /// - Throws: ``CertificateRefusal``.
    init(_ job: ReissueCertificate, _ context: JobContext) throws(CertificateRefusal) {
        try Self.check(job.fields)
        kind = .edition(of: try CertificateCode(of: job.certificate), reason: try Reason.checked(job.reason))
        (fields, self.job, today) = (job.fields, context.id, Self.day(context))
    }

    static func isName(_ text: String) -> Bool { isPlain(text) && !text.hasPrefix(erased) }

    private static func isPlain(_ text: String) -> Bool {
        (1...255).contains(text.utf8.count) && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    private static func check(_ name: String, _ key: String) throws(CertificateRefusal) {
        guard isPlain(name) else {
            throw CertificateRefusal("'\(key)' must have 1 to 255 bytes, without control characters.")
        }
        guard !name.hasPrefix(erased) else {
            throw CertificateRefusal("'\(key)' must not begin with '\(erased)', as those do who were erased.")
        }
    }

    private static let erased = "erased:"

    /// What is for people to read beside the certificate itself.
    private static func check(_ fields: CertificateFields) throws(CertificateRefusal) {
        for (key, text) in [("description", fields.description), ("criteria", fields.criteria)] {
            guard let text else { continue }
            guard text.unicodeScalars.count <= 10_000, !text.unicodeScalars.contains("\0") else {
                throw CertificateRefusal("'\(key)' must have at most 10000 characters, without control characters.")
            }
        }
        guard let mail = fields.mail else { return }
        guard let to = mail["to"], to != .null else {
            throw CertificateRefusal("'mail' has no 'to'; name the learner's address, or leave 'mail' out.")
        }
    }

    private static func day(_ context: JobContext) -> String {
        String(Timestamp(milliseconds: Int(context.now.timeIntervalSince1970 * 1000)).description.prefix(10))
    }
}

extension CertificateCode {
    init(of text: String) throws(CertificateRefusal) {
        guard let code = CertificateCode(text) else {
            throw CertificateRefusal("'certificate' is no code such as 7QF4-9KXM-2D8R-T5VC.")
        }
        self = code
    }
}

/// Why something is done to a certificate: a sentence that whoever verifies it reads.
enum Reason {
    static func checked(_ text: String) throws(CertificateRefusal) -> String {
        guard isOne(text) else {
            throw CertificateRefusal("'reason' must have 1 to 1000 characters, without control characters.")
        }
        return text
    }

    static func isOne(_ text: String) -> Bool {
        (1...1000).contains(text.unicodeScalars.count) && text.unicodeScalars.allSatisfy(isText)
    }

    private static func isText(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.generalCategory != .control }
}
