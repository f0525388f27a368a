import Jobs

/// The section `certificate` of the configuration. Every key may be left out.
package struct CertificateSettings: DomainSettings {
    package static let keys = [
        "issuer", "templates", "template", "page", "language", "url", "number", "signing", "badges", "issuerURL",
    ]

    /// Who issues, where neither the job nor the course says so.
    package var issuer: String?
    /// The folder of the templates; relative to the configuration's folder. Else `templates/certificates`.
    package var templates: String?
    /// The template where nothing else is said. Else `classic`.
    package var template: String?
    /// The paper: `A4` or `letter`. Else the template's own.
    package var page: String?
    /// Of what templates say. Else the template's own.
    package var language: String?
    /// The page that verifies a certificate, less its code: `https://learn.school.example/certificates`. Else those of
    /// `coursework serve`, by its public address.
    package var url: String?
    /// Numbers: `CW-{year}-` and then six digits, which begin anew with each year.
    package var number: String?
    /// Who signs. Else the files `signing/key.pem` and `signing/certificate.pem` in the data folder, where they exist.
    package var signing: SigningSettings?
    /// Whether a credential, an Open Badge, is made of each certificate that is signed. Else true.
    package var badges: Bool?
    /// The page of who issues, for the credential.
    package var issuerURL: String?

    package init() {}
}
