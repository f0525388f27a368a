import Jobs

/// Who signs certificates.
package struct SigningSettings: Decodable, Sendable {
    /// The private key in PEM; relative to the configuration's folder.
    package var keyFile: String
    /// Its certificate in PEM, and behind it those that vouch for it.
    package var certificateFile: String
    /// A server of time-stamps (RFC 3161); nil for none.
    package var timestampURL: String?
    /// Certificates in PEM that vouch for its time-stamps. Without them a time-stamp needs only to be whole.
    package var timestampCAFile: String?
    /// Files with certificates in PEM whose keys signed before, so that their badges can still be verified.
    package var formerCertificateFiles: [String]?
    /// Why it is signed, as readers of PDF show it.
    package var reason: String?
}

extension SigningSettings {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case keyFile, certificateFile, timestampURL, timestampCAFile, formerCertificateFiles, reason
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseKeys(besides: CodingKeys.self, of: "what signs certificates")
        let values = try decoder.container(keyedBy: CodingKeys.self)
        keyFile = try values.decode(String.self, forKey: .keyFile)
        certificateFile = try values.decode(String.self, forKey: .certificateFile)
        timestampURL = try values.decodeIfPresent(String.self, forKey: .timestampURL)
        timestampCAFile = try values.decodeIfPresent(String.self, forKey: .timestampCAFile)
        formerCertificateFiles = try values.decodeIfPresent([String].self, forKey: .formerCertificateFiles)
        reason = try values.decodeIfPresent(String.self, forKey: .reason)
    }

    init(keyFile: String, certificateFile: String) { (self.keyFile, self.certificateFile) = (keyFile, certificateFile) }
}
