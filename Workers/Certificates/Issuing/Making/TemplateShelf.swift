import CertificateTemplates
import Synchronization

/// The templates below a folder, read when first used and kept: an edited one is seen by processes that start after it.
final class TemplateShelf: Sendable {
    let folder: String
    private let templates = Mutex<[String: CertificateTemplate]>([:])

    init(folder: String) { self.folder = folder }

    func template(named name: String) throws -> CertificateTemplate {
        if let template = templates.withLock({ $0[name] }) { return template }
        let template = try CertificateTemplate(named: name, in: folder)
        templates.withLock { $0[name] = template }
        return template
    }
}
