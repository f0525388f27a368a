import CertificateBadges
import CertificateDocument
import CertificateDrawing
import CertificateRecord
import CertificateSigning
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
    /// Nil where nobody signs.
    private let seal: CertificateSeal?

    init(templates: TemplateShelf, signatures: SignatureImages, seal: CertificateSeal?) {
        (self.templates, self.signatures, self.seal) = (templates, signatures, seal)
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

    struct Made: Sendable {
        let file: [UInt8]
        let badge: String?
    }

    /// The same certificate is the same file, unless a server of time-stamps has its say.
    func make(_ certificate: CertificateDescription, on sheet: Sheet) async throws -> Made {
        guard let seal else {
            let file = try await draw(certificate, sheet) { renderer, content in
                try renderer.pdf(of: content, template: sheet.template, page: sheet.page)
            }
            return Made(file: file, badge: nil)
        }
        let signers = try seal.signers()
        let badge = signers.badges?.badge(for: certificate)
        let field = signers.document.field(reason: seal.reason, time: certificate.reserved)
        let document = try await draw(certificate, sheet) { renderer, content in
            try renderer.signablePDF(
                of: content, template: sheet.template, page: sheet.page, attachments: badge.map { [.badge($0)] } ?? [],
                signature: field)
        }
        do {
            return Made(file: try await signers.document.sign(document), badge: badge)
        } catch let expired as InvalidIdentity {
            seal.forget()
            throw expired
        }
    }

    private func draw<Drawn: Sendable>(
        _ certificate: CertificateDescription, _ sheet: Sheet,
        _ draw: @Sendable (CertificateRenderer, CertificateContent) throws -> Drawn
    ) async throws -> Drawn {
        let content = try certificate.details.content(code: certificate.code, signature: sheet.signature)
        return try await withTaskExecutorPreference(executor) {
            try await Self.here { try draw(try self.opened(), content) }
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

extension AttachedFile {
    fileprivate static func badge(_ token: String) -> AttachedFile {
        AttachedFile(
            name: "badge.jwt", description: "Open Badge 3.0, a signed credential", mediaType: "application/vc+jwt",
            relationship: .alternative, bytes: Array(token.utf8))
    }
}
