/// One template in all its languages.
struct TemplateFolder: Sendable {
    private let name: String
    /// By lower-case locale; the template's own language is the empty one. A language that is broken breaks no other.
    private let variants: [String: Result<EmailTemplate, InvalidEmail>]

    /// - Throws: ``InvalidEmail`` when there is no such template, or the file system's error.
    init(name: String, root: String) throws {
        let path = "\(root)/\(name)"
        guard let files = try FolderFiles(path) else {
            throw InvalidEmail("There is no template '\(name)' in \(root).")
        }
        let layout = try Layout(path: "\(root)/_layout")
        var variants: [String: Result<EmailTemplate, InvalidEmail>] = [:]
        if files.names.contains("subject.txt") {
            variants[""] = try Self.variant(files, LocaleTag.own, layout)
        }
        for (folder, locale) in try files.localeFolders() {
            variants[locale.key] = try Self.variant(folder, locale, layout)
        }
        self.name = name
        self.variants = variants
    }

    func template(for locale: LocaleTag?) throws(InvalidEmail) -> EmailTemplate {
        for key in (locale ?? .own).fallbacks {
            if let variant = variants[key] { return try variant.get() }
        }
        throw InvalidEmail(
            "The template '\(name)' has no language that fits; add \(name)/subject.txt with body.html or body.txt.")
    }

    /// Errors of the file system pass; what is wrong with the files is kept as the variant's result.
    private static func variant(
        _ files: FolderFiles, _ locale: LocaleTag, _ layout: Layout
    ) throws -> Result<EmailTemplate, InvalidEmail> {
        do {
            return .success(try EmailTemplate(files, locale: locale, layout: layout))
        } catch let problem as InvalidEmail {
            return .failure(problem)
        }
    }
}
