import CertificateRecord

/// A certificate that is to get its code and number.
struct Reservation: Sendable {
    let learner: String
    let course: String
    let version: Int
    let edition: Int
    let code: CertificateCode
    let series: String
    let details: CertificateDetails
    let job: String

    init(
        _ order: CertificateOrder, _ found: Lookup.Found, _ code: CertificateCode, _ details: CertificateDetails,
        series: String, edition: Int = 1
    ) {
        (learner, course, version) = (found.learner, found.courseName, found.version)
        (self.edition, self.code, self.series, self.details) = (edition, code, series, details)
        job = order.job.description
    }
}
