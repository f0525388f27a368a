import CertificateDrawing
import CertificateRecord
import CertificateTemplates
import Platform
import Storage
import Synchronization

/// Makes the files. Fonts, templates and images are loaded once a process.
final class CertificatePress: Sendable {
    /// What a certificate needs beside its code, ready to be drawn.
    struct Sheet: Sendable {
        let template: CertificateTemplate
        let page: PageSize?
        let signature: [UInt8]?
    }

    private let templates: TemplateShelf
    private let signatures: SignatureImages
    /// One at a time can draw; it takes milliseconds of processor time, which Swift's own threads are too few for.
    private let executor = BlockingExecutor(label: "coursework.drawing", width: 1)
    private let renderer = Mutex<CertificateRenderer?>(nil)

    init(templates: TemplateShelf, signatures: SignatureImages) {
        (self.templates, self.signatures) = (templates, signatures)
    }

    /// Finds out whether it can be made, as far as that can be known before it is drawn.
    /// - Throws: ``CertificateRefusal`` or `InvalidCertificate` for what a person must mend; `StorageError`.
    func sheet(for details: CertificateDetails, code: String) async throws -> Sheet {
        let sheet = Sheet(
            template: try template(of: details), page: try details.page.map(Self.page),
            signature: try await details.signature.asyncMap(signatures.image))
        _ = try details.content(code: code, signature: sheet.signature)
        return sheet
    }

    private func template(of details: CertificateDetails) throws -> CertificateTemplate {
        do {
            return try templates.template(named: details.template)
        } catch let problem as InvalidTemplate {
            throw CertificateRefusal(problem.description)
        }
    }

    private static func page(_ name: String) throws -> PageSize {
        guard let page = PageSize(named: name) else {
            let names = PageSize.named.map(\.key).sorted().joined(separator: " or ")
            throw CertificateRefusal("'page' is no paper that is known here; write \(names).")
        }
        return page
    }

    func draw(_ certificate: CertificateDescription, on sheet: Sheet) async throws -> [UInt8] {
        let content = try certificate.details.content(code: certificate.code, signature: sheet.signature)
        return try await withTaskExecutorPreference(executor) {
            try await Self.here { try self.opened().pdf(of: content, template: sheet.template, page: sheet.page) }
        }
    }

    private func opened() throws -> CertificateRenderer {
        try renderer.withLock { renderer in
            if let renderer { return renderer }
            let opened = try CertificateRenderer()
            renderer = opened
            return opened
        }
    }

    @concurrent private static func here<Value: Sendable>(
        _ body: @Sendable () throws -> Value
    ) async throws -> Value { try body() }
}

extension Optional where Wrapped: Sendable {
    fileprivate func asyncMap<Value>(_ transform: (Wrapped) async throws -> Value) async rethrows -> Value? {
        guard let self else { return nil }
        return try await transform(self)
    }
}
