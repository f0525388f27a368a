import CertificateRecord
import Storage

/// What a job is told: its result.
struct IssuedCertificate: Encodable, Sendable {
    let certificate: String
    let number: String?
    let learner: String
    /// False when there was one already.
    let isNew: Bool
    /// The key of the PDF in the storage.
    let file: String?
    /// Where a person finds that.
    let place: String?
    /// The page that verifies it.
    let url: String

    init(_ certificate: CertificateDescription, isNew: Bool, file key: StorageKey? = nil, in storage: any ObjectStorage)
    {
        self.certificate = certificate.code
        number = certificate.number?.description
        learner = certificate.learner
        self.isNew = isNew
        let key = key ?? certificate.file.flatMap { StorageKey($0) }
        (file, place) = (key?.text, key.map(storage.place))
        url = certificate.details.url
    }

    private enum CodingKeys: String, CodingKey {
        case certificate, number, learner, file, place, url
        case isNew = "new"
    }
}
