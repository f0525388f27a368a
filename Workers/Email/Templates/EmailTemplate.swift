import Mustache

/// A template in one language: subject, and text, HTML or both.
struct EmailTemplate: Sendable {
    private let path: String
    private let language: String
    private let subject: MustacheTemplate
    private let html: MustacheTemplate?
    private let text: MustacheTemplate?
    private let htmlPartials: [String: MustacheTemplate]
    private let textPartials: [String: MustacheTemplate]
    private let images: [AttachedFile]
    /// Of what is rendered, in bytes: most mails grow into it without moving.
    private static let expectedSize = 8192

    /// - Parameters:
    ///   - files: the folder of the template in this language.
    ///   - folders: where its images may be, the closest first.
    /// - Throws: ``InvalidEmail`` when a file is missing or wrong, or the file system's error.
    init(_ files: FolderFiles, locale: LocaleTag, layout: Layout, images folders: [FolderFiles]) throws {
        guard let subject = try files.template("subject.txt", .text) else {
            throw InvalidEmail("The template folder \(files.path) has no subject.txt; add it.")
        }
        path = files.path
        language = locale == .own ? "en" : locale.key
        self.subject = subject.template
        let html = try files.template("body.html", .html)
        self.html = html?.template
        text = try files.template("body.txt", .text)?.template
        guard html != nil || text != nil else {
            throw InvalidEmail("The template folder \(files.path) has neither body.html nor body.txt; add one.")
        }
        let shown = html.map { $0.imagesWithPartials(layout.partials(.html, for: locale)) }
        htmlPartials = layout.partials(.html, for: locale).mapValues(\.template)
        textPartials = layout.partials(.text, for: locale).mapValues(\.template)
        images = try InlineImages.read(shown ?? [], from: folders, for: path)
        try checkPartials([self.html], htmlPartials)
        try checkPartials([self.subject, text], textPartials)
    }

    /// Fills in the job's data, which wins over `shared`, which wins over the template's own `subject` and `language`.
    /// - Throws: when the data lacks what the template writes, or the outcome is no mail.
    func render(_ data: MustacheValue, shared: MustacheValue) throws(InvalidEmail) -> EmailContent {
        guard case .object = data else {
            throw InvalidEmail("The 'data' of the mail is no object; write it as {\"name\":\"Ada\"}.")
        }
        var own: [String: MustacheValue] = ["language": .string(language)]
        let subject = Self.trimmed(try render(self.subject, [.object(own), shared, data], textPartials))
        own["subject"] = .string(subject)
        let contexts = [.object(own), shared, data]
        return try EmailContent(
            subject: subject,
            text: text.map { text throws(InvalidEmail) in try render(text, contexts, textPartials) },
            html: html.map { html throws(InvalidEmail) in try render(html, contexts, htmlPartials) },
            images: images, language: language)
    }

    /// What the files use and the samples do not have; the last sample is asked first.
    func unknownNames(in samples: [MustacheValue]) -> [(file: String, name: MustacheUnknownName)] {
        let own: MustacheValue = ["language": "en", "subject": "-"]
        let files = [
            ("subject.txt", subject, textPartials), ("body.html", html, htmlPartials), ("body.txt", text, textPartials),
        ]
        return files.flatMap { file, template, partials in
            (template?.unknownNames(in: [own] + samples, partials: partials) ?? []).map { (file, $0) }
        }
    }

    /// A name the data lacks is an error here: nobody is helped by a password reset without its link.
    private func render(
        _ template: MustacheTemplate, _ contexts: [MustacheValue], _ partials: [String: MustacheTemplate]
    ) throws(InvalidEmail) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(Self.expectedSize)
        do {
            try template.render(in: contexts, partials: partials, absent: .refused, into: &output)
        } catch {
            throw InvalidEmail("The template \(path) cannot be rendered: \(error).")
        }
        return output
    }

    private func checkPartials(
        _ templates: [MustacheTemplate?], _ partials: [String: MustacheTemplate]
    ) throws(InvalidEmail) {
        for template in templates.compactMap(\.self) + Array(partials.values) {
            guard let missing = template.partialNames.subtracting(partials.keys).min() else { continue }
            throw InvalidEmail("The template \(path) includes '\(missing)', which the folder _layout does not have.")
        }
    }

    private static func trimmed(_ subject: [UInt8]) -> String {
        let isBlank = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
        var subject = subject.drop(while: isBlank)
        while let last = subject.last, isBlank(last) { subject.removeLast() }
        return String(decoding: subject, as: UTF8.self)
    }
}
