import Jobs

/// A certificate to take back: `{"certificate":"7QF4-…","reason":"The exam was annulled."}`. Whoever verifies it is told the
/// reason.
struct RevokeCertificate: Job {
    static let type: JobType = "certificate.revoke"
    static let payloadSchema = PayloadSchema.object(
        "A certificate to take back.",
        [
            .required("certificate", .text(.certificateCode), "Its code."),
            .required("reason", .text(.certificateReason), "What whoever verifies it is told."),
        ])

    /// Its code.
    var certificate: String
    var reason: String
}
