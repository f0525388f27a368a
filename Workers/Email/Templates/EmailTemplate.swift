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

    /// - Throws: ``InvalidEmail`` when a file is missing or wrong, or the file system's error.
    init(_ files: FolderFiles, locale: LocaleTag, layout: Layout) throws {
        guard let subject = try files.template("subject.txt", .text) else {
            throw InvalidEmail("The template folder \(files.path) has no subject.txt; add it.")
        }
        path = files.path
        language = locale == .own ? "en" : locale.key
        self.subject = subject
        html = try files.template("body.html", .html)
        text = try files.template("body.txt", .text)
        guard html != nil || text != nil else {
            throw InvalidEmail("The template folder \(files.path) has neither body.html nor body.txt; add one.")
        }
        htmlPartials = layout.partials(.html, for: locale)
        textPartials = layout.partials(.text, for: locale)
        try checkPartials([html], htmlPartials)
        try checkPartials([subject, text], textPartials)
    }

    /// Fills in the job's data, which wins over `shared`, which wins over the template's own `subject` and `language`.
    /// - Throws: when the data lacks what the template writes, or the outcome is no mail.
    func render(_ data: MustacheValue, shared: [String: MustacheValue]) throws(InvalidEmail) -> EmailContent {
        guard case .object(let members) = data else {
            throw InvalidEmail("The 'data' of the mail is no object; write it as {\"name\":\"Ada\"}.")
        }
        var all = shared.merging(members) { _, own in own }
        let subject = try render(subject, all, textPartials).trimmingBlanks()
        all = ["subject": .string(subject), "language": .string(language)].merging(all) { _, given in given }
        return try EmailContent(
            subject: subject,
            text: text.map { text throws(InvalidEmail) in try render(text, all, textPartials) },
            html: html.map { html throws(InvalidEmail) in try render(html, all, htmlPartials) })
    }

    /// A name the data lacks is an error here: nobody is helped by a password reset without its link.
    private func render(
        _ template: MustacheTemplate, _ data: [String: MustacheValue], _ partials: [String: MustacheTemplate]
    ) throws(InvalidEmail) -> String {
        do {
            return try template.render(.object(data), partials: partials, absent: .refused)
        } catch {
            throw InvalidEmail("The template \(path) cannot be rendered: \(error).")
        }
    }

    private func checkPartials(
        _ templates: [MustacheTemplate?], _ partials: [String: MustacheTemplate]
    ) throws(InvalidEmail) {
        for template in templates.compactMap(\.self) + Array(partials.values) {
            guard let missing = template.partialNames.subtracting(partials.keys).min() else { continue }
            throw InvalidEmail("The template \(path) includes '\(missing)', which the folder _layout does not have.")
        }
    }
}

extension String {
    fileprivate func trimmingBlanks() -> String {
        var text = drop(while: \.isWhitespace)
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
