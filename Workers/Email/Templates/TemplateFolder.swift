import Mustache

/// One template in all its languages.
struct TemplateFolder: Sendable {
    private let name: String
    /// By lower-case locale; the template's own language is the empty one. A language that is broken breaks no other.
    let variants: [String: Result<EmailTemplate, InvalidEmail>]
    /// What the template is checked and previewed with.
    let sample: Result<MustacheValue?, InvalidEmail>
    /// What the layout shows beside that: names that the operator or a list brings.
    let layoutSample: Result<MustacheValue?, InvalidEmail>

    /// - Throws: ``InvalidEmail`` when there is no such template, or the file system's error.
    init(name: String, root: String) throws {
        guard let files = try FolderFiles("\(root)/\(name)") else {
            throw InvalidEmail("There is no template '\(name)' in \(root).")
        }
        let layoutFiles = try FolderFiles("\(root)/_layout")
        let layout = try Layout(layoutFiles)
        let folders = [files] + (layoutFiles.map { [$0] } ?? [])
        var variants: [String: Result<EmailTemplate, InvalidEmail>] = [:]
        if files.names.contains("subject.txt") {
            variants[""] = try Self.checked {
                try EmailTemplate(files, locale: .own, layout: layout, images: folders)
            }
        }
        for (folder, locale) in try files.localeFolders() {
            variants[locale.key] = try Self.checked {
                try EmailTemplate(folder, locale: locale, layout: layout, images: [folder] + folders)
            }
        }
        self.name = name
        self.variants = variants
        sample = try Self.checked { try files.sample() }
        layoutSample = try Self.checked { try layoutFiles?.sample() }
    }

    func template(for locale: LocaleTag?) throws(InvalidEmail) -> EmailTemplate {
        for key in (locale ?? .own).fallbacks {
            if let variant = variants[key] { return try variant.get() }
        }
        throw InvalidEmail(
            "The template '\(name)' has no language that fits; add \(name)/subject.txt with body.html or body.txt.")
    }

    /// Errors of the file system pass; what is wrong with the files is kept as the result.
    private static func checked<Value>(_ read: () throws -> Value) throws -> Result<Value, InvalidEmail> {
        do {
            return .success(try read())
        } catch let problem as InvalidEmail {
            return .failure(problem)
        }
    }
}
