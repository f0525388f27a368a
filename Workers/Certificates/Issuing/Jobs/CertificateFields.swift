import Mustache

/// What a job says of a certificate. What it leaves out is taken from the rows of the course and the learner, and then from
/// the configuration.
struct CertificateFields: Codable, Sendable, Equatable {
    /// The learner's name, as the certificate shows it.
    var name: String?
    /// The course's title.
    var title: String?
    var issuer: String?
    /// The day of issue, `2026-12-01`. Else today, in UTC.
    var date: String?
    /// The last day on which it is valid.
    var expires: String?
    var grade: String?
    var instructor: String?
    /// The key of the instructor's signature in the storage, a PNG.
    var signature: String?
    /// As BCP 47 writes it: `de`.
    var language: String?
    var template: String?
    /// The paper: `A4` or `letter`.
    var page: String?
    /// What was learnt, and what had to be done for it: for the credential.
    var description: String?
    var criteria: String?
    /// How the learner hears of it, as `email.send` takes it: `{"to":…,"locale":…,"data":{…}}`. None, no mail.
    var mail: [String: MustacheValue]?
}
