import Jobs

/// A certificate to issue anew, with another code and number: `{"certificate":"7QF4-…","name":"Ada King","reason":"She
/// married."}`. From then on the one it replaces is told to be replaced.
struct ReissueCertificate: Job {
    static let type: JobType = "certificate.reissue"
    static let retryPolicy = IssueCertificate.retryPolicy
    static let deadline = IssueCertificate.deadline

    /// The code of the one to replace.
    var certificate: String
    var reason: String
    /// What is to be different. The date of issue stays, unless it is named.
    var fields: CertificateFields
}

extension ReissueCertificate {
    private enum CodingKeys: String, CodingKey { case certificate, reason }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        certificate = try values.decode(String.self, forKey: .certificate)
        reason = try values.decode(String.self, forKey: .reason)
        fields = try CertificateFields(from: decoder)
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(certificate, forKey: .certificate)
        try values.encode(reason, forKey: .reason)
        try fields.encode(to: encoder)
    }
}
