import Mustache

/// The partials all templates share: `header.html` is `{{>header}}` in HTML, `footer.txt` is `{{>footer}}` in text.
struct Layout: Sendable {
    private var html: [String: [String: TemplateFile]] = [:]
    private var text: [String: [String: TemplateFile]] = [:]

    /// An absent folder is a layout without partials.
    init(_ files: FolderFiles?) throws {
        guard let files else { return }
        try read(files, .own)
        for (folder, locale) in try files.localeFolders() { try read(folder, locale) }
    }

    /// What a template in this language may include: each partial in the language closest to it.
    func partials(_ contentType: MustacheContentType, for locale: LocaleTag) -> [String: TemplateFile] {
        let byLocale = contentType == .html ? html : text
        return locale.fallbacks.reversed().reduce(into: [:]) { partials, key in
            partials.merge(byLocale[key] ?? [:]) { _, closer in closer }
        }
    }

    private mutating func read(_ files: FolderFiles, _ locale: LocaleTag) throws {
        for name in files.names {
            if name.hasSuffix(".html") {
                html[locale.key, default: [:]][String(name.dropLast(5))] = try files.template(name, .html)
            } else if name.hasSuffix(".txt") {
                text[locale.key, default: [:]][String(name.dropLast(4))] = try files.template(name, .text)
            }
        }
    }
}
