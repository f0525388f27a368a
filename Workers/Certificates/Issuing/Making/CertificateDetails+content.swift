import CertificateRecord
import CertificateTemplates

extension CertificateDetails {
    /// - Throws: `InvalidCertificate`, which names what is not fit to be shown.
    func content(code: String, signature: [UInt8]?) throws -> CertificateContent {
        guard let date = CertificateDate(date) else { throw CertificateRefusal("'date' is no day.") }
        var content = try CertificateContent(
            learner: name, course: title, issuer: issuer, date: date, code: code, url: url)
        content.expiry = expires.flatMap { CertificateDate($0) }
        if let grade { try content.set(grade: grade) }
        if let instructor { try content.set(instructor: instructor, signature: signature) }
        if let language { try content.set(language: language) }
        return content
    }
}
