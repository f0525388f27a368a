import Jobs

extension ReissueCertificate {
    static let payloadSchema = PayloadSchema.object(
        "A certificate to issue anew, with another code and number, in the place of another.",
        [
            .required("certificate", .text(.certificateCode), "The code of the one to replace."),
            .required("reason", .text(.certificateReason), "What whoever verifies the old one is told."),
        ] + CertificateFields.properties)
}
