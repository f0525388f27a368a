import CertificateTemplates

/// A certificate that nobody was given, to be changed by arguments.
struct SampleCertificate {
    var learner = "Ada Lovelace"
    var course = "Programming the Analytical Engine"
    var issuer = "Analytical Academy"
    var date = "2026-12-01"
    var expiry: String? = "2029-11-30"
    var grade: String? = "With distinction"
    var instructor = "Charles Babbage"
    var signature: [UInt8]?
    var code = "7QF4-9KXM-2D8R"
    var url: String?
    var language: String?

    func content() throws -> CertificateContent {
        var content = try CertificateContent(
            learner: learner, course: course, issuer: issuer, date: try Self.date(date), code: code,
            url: url ?? "https://learn.example.org/certificates/\(code)")
        content.expiry = try expiry.map(Self.date)
        if let grade { try content.set(grade: grade) }
        try content.set(instructor: instructor, signature: signature)
        if let language { try content.set(language: language) }
        return content
    }

    private static func date(_ text: String) throws(CommandFailure) -> CertificateDate {
        guard let date = CertificateDate(text) else {
            throw CommandFailure(.usage, "\(Terminal.line(text)) is no day; write one such as 2026-12-01.")
        }
        return date
    }
}
