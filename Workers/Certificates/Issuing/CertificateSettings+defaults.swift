import CertificateTemplates
package import Jobs

extension CertificateSettings {
    /// Where certificates are verified when nobody says so: by a server of this machine.
    static let localURL = "http://localhost:8080/certificates"

    /// - Throws: ``InvalidCertificateSettings``.
    func defaults(in surroundings: Surroundings) throws -> CertificateDefaults {
        let number = number ?? "CW-{year}-"
        guard (1...40).contains(number.utf8.count), number.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw InvalidCertificateSettings("number", "must be 1 to 40 letters of ASCII, such as \"CW-{year}-\".")
        }
        let url = page(in: surroundings)
        guard CertificateContent.isURL(url) else {
            throw InvalidCertificateSettings(
                "url", "must be a page such as \"https://learn.example.org/certificates\".")
        }
        if let page, PageSize(named: page) == nil {
            throw InvalidCertificateSettings("page", "must be \"A4\" or \"letter\".")
        }
        return CertificateDefaults(
            issuer: issuer, template: template ?? "classic", page: page, language: language, url: url, number: number)
    }

    /// Where certificates are verified, less their codes.
    package func page(in surroundings: Surroundings) -> String {
        var page = url ?? surroundings.publicURL.map { $0 + "/certificates" } ?? Self.localURL
        while page.hasSuffix("/") { page.removeLast() }
        return page
    }

    package func templatesFolder(in surroundings: Surroundings) -> String {
        surroundings.path(templates ?? "templates/certificates")
    }
}

/// A setting that is wrong, and what to do about it.
struct InvalidCertificateSettings: Error, CustomStringConvertible {
    let description: String

    init(_ key: String, _ problem: String) { description = "workers.certificate.\(key) \(problem)" }
}
