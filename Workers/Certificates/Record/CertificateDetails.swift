import FoundationEssentials

/// What a certificate says, as it was when it was reserved: however often it is drawn, it says the same.
package struct CertificateDetails: Codable, Sendable, Equatable {
    /// The learner's.
    package var name: String
    /// The course's.
    package var title: String
    package var issuer: String
    /// `2026-12-01`.
    package var date: String
    /// The last day on which it is valid; nil for ever.
    package var expires: String?
    package var grade: String?
    package var instructor: String?
    /// The key of the instructor's signature in the storage, a PNG.
    package var signature: String?
    package var language: String?
    package var template: String
    /// The paper; nil for the template's own.
    package var page: String?
    /// The page that verifies it.
    package var url: String
    /// What was learnt, and what had to be done for it.
    package var description: String?
    package var criteria: String?
    /// The learner's address, for the credential.
    package var address: String?
    /// What `email.send` is to be given; JSON. Nil: no mail.
    package var mail: String?

    package init(
        name: String, title: String, issuer: String, date: String, template: String, url: String
    ) {
        (self.name, self.title, self.issuer, self.date) = (name, title, issuer, date)
        (self.template, self.url) = (template, url)
    }
}

extension CertificateDetails {
    package init(json: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(json.utf8)) }

    /// With its keys in order.
    package func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
