package import CertificateDocument
public import CertificateTemplates

/// Draws certificates as PDF files. The same certificate gives the same bytes, with the same fonts and libraries.
///
/// Fonts are opened once. Any thread may draw, one of a process at a time; others wait. It takes milliseconds of processor
/// time: call it where blocking is no harm, and let further processes use further cores.
public final class CertificateRenderer: Sendable {
    /// Where Debian's packages fonts-noto-core, fonts-noto-cjk and fonts-noto-color-emoji have them.
    public static let fontFolders = ["/usr/share/fonts/truetype/noto", "/usr/share/fonts/opentype/noto"]

    private let artist: Artist

    /// Opens the libraries and finds the fonts.
    /// - Throws: ``DrawingFailure``, which says what this machine lacks.
    public init(fontFolders: [String] = CertificateRenderer.fontFolders) throws(DrawingFailure) {
        let libraries = try DrawingLibraries.open()
        artist = try DrawingLibraries.inTurn { () throws(DrawingFailure) in
            Artist(libraries, try FontSet(libraries, folders: fontFolders))
        }
    }

    /// - Parameter page: the paper, lying as the template's; nil for the template's own.
    /// - Returns: a file of one page.
    /// - Throws: ``InvalidCertificate`` for a certificate that cannot be shown as the template wants it;
    ///   ``DrawingFailure`` for a fault of this machine.
    public func pdf(
        of content: CertificateContent, template: CertificateTemplate, page: PageSize? = nil
    ) throws -> [UInt8] {
        try pdf(of: content, template: template, page: page, attachments: [])
    }

    /// The same, with files in it.
    package func pdf(
        of content: CertificateContent, template: CertificateTemplate, page: PageSize? = nil,
        attachments: [AttachedFile]
    ) throws -> [UInt8] {
        try finished(content, template, page) { page, properties throws(UnexpectedPDF) in
            try ArchivalDocument.make(
                from: page, properties, attachments: attachments, compression: .zlib)
        }
    }

    /// The same, with room for a signature.
    package func signablePDF(
        of content: CertificateContent, template: CertificateTemplate, page: PageSize? = nil,
        attachments: [AttachedFile] = [], signature: SignatureField
    ) throws -> SignableDocument {
        try finished(content, template, page) { page, properties throws(UnexpectedPDF) in
            try ArchivalDocument.makeSignable(
                from: page, properties, attachments: attachments, signature: signature, compression: .zlib)
        }
    }

    private func finished<Document>(
        _ content: CertificateContent, _ template: CertificateTemplate, _ page: PageSize?,
        _ finish: (DrawnPage, DocumentProperties) throws(UnexpectedPDF) -> Document
    ) throws -> Document {
        let size = page?.turned(like: template.page) ?? template.page
        let drawn = try DrawingLibraries.inTurn {
            try artist.draw(CertificatePage(content: content, template: template, size: size))
        }
        let language = content.language ?? template.language
        let properties = DocumentProperties(
            title: "\(template.title.text(for: language)): \(content.course), \(content.learner)",
            author: content.issuer,
            subject: content.url, language: language, date: content.date.iso)
        do throws(UnexpectedPDF) { return try finish(drawn, properties) } catch {
            throw DrawingFailure(error.description)
        }
    }
}
