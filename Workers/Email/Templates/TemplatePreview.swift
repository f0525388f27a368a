package import FoundationEssentials
package import Jobs
package import Mustache

/// Mail as a template makes it, without sending it.
package struct TemplatePreview {
    package struct Mail {
        package let subject: String
        /// The whole message.
        package let bytes: [UInt8]
        /// The HTML with its images in it, for a browser; nil when the template has none.
        package let html: [UInt8]?
    }

    private let composer: EmailComposer

    /// - Throws: an error whose description says what is wrong with the settings.
    package init(_ settings: EmailSettings, _ surroundings: Surroundings) throws {
        composer = try EmailComposer(settings, surroundings, sendsByServer: false)
    }

    /// - Parameters:
    ///   - data: what the template sees; nil for the example beside it.
    ///   - list: the list it belongs to, if any.
    package func mail(
        _ template: String, data: MustacheValue?, locale: String?, list: String? = nil, at date: Date
    ) async throws -> Mail {
        let data = try data ?? composer.templates.folder(named: template).sample.get()
        let job = SendEmail(to: Self.reader, template: template, data: data, locale: locale, list: list)
        let content = try await composer.message(of: job, at: date).content
        return Mail(
            subject: content.subject, bytes: try await composer.compose(job, id: Self.id, date: date).bytes,
            html: content.html.map { Self.selfContained($0, content.images) })
    }

    /// Composes a mail as a worker does, for measuring how long it takes.
    /// - Returns: the size of the message.
    package func bytes(_ template: String, data: MustacheValue, at date: Date) async throws -> Int {
        let job = SendEmail(to: Self.reader, template: template, data: data)
        return try await composer.compose(job, id: Self.id, date: date).bytes.count
    }

    private static let reader = Recipients(addresses: ["Ada Lovelace <ada@example.org>"])
    private static let id: JobID = {
        guard let id = JobID("emails:preview") else { preconditionFailure("a job's id of our own is none") }
        return id
    }()

    private static func selfContained(_ html: [UInt8], _ images: [AttachedFile]) -> [UInt8] {
        var text = String(decoding: html, as: UTF8.self)
        for image in images {
            guard let id = image.contentID else { continue }
            text = text.replacing(
                "cid:\(id)", with: "data:\(image.mediaType.text);base64,\(Base64.text(image.contents))")
        }
        return Array(text.utf8)
    }
}
