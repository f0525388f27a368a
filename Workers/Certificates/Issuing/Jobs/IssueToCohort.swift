import Jobs
import Mustache

/// Certificates for many: `{"cohort":"spring","course":"engine","fields":{"date":"2026-12-01"}}`.
///
/// Who gets one are the rows of `coursework.certificate_cohorts`. It is a member of a batch, to which it adds a job for each:
/// so the batch tells how far it is, and cancels it.
struct IssueToCohort: Job {
    static let type: JobType = "certificate.cohort"
    static let payloadSchema = PayloadSchema.object(
        "Certificates for many, as a member of a batch: coursework certificates cohort makes both.",
        [
            .required("cohort", .text(.token), "Whose rows of coursework.certificate_cohorts get one."),
            .required("course", .text(.certificateName), "What for."),
            .optional("version", .integer(1...Int(Int32.max)), "Of the course. Else the newest, or 1."),
            .optional("fields", .map(of: .any), "Fields of certificate.issue that all have."),
        ])
    static let deadline = Deadline.none

    /// 1 to 64 letters, digits, `_` and `-`.
    var cohort: String
    var course: String
    var version: Int?
    /// Fields of ``IssueCertificate`` that all have.
    var fields: [String: MustacheValue]?
}
