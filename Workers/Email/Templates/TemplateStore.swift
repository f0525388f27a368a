import FoundationEssentials
import Synchronization

/// The mail templates below a folder, read and compiled when first used and kept from then on.
///
///     welcome/subject.txt  body.html  body.txt     the template in its own language
///     welcome/de/…                                 the same files in another; all or none of them
///     welcome/seal.png  sample.json                what the HTML shows as cid:seal.png; an example of the data
///     _layout/header.html  footer.txt …            partials for all templates, also by language
///
/// An edited template is seen by processes that start after it.
final class TemplateStore: Sendable {
    private let root: String
    private let loaded = Mutex<[String: TemplateFolder]>([:])

    init(root: String) { self.root = root }

    /// The template in a language: `de-AT` finds `de-AT`, then `de`, then the template's own.
    /// - Throws: ``InvalidEmail``, or the file system's error.
    func template(named name: String, locale: String?) throws -> EmailTemplate {
        try folder(named: name).template(for: locale.map(LocaleTag.init))
    }

    /// All the templates there are, in order.
    func names() throws -> [String] {
        guard let files = try FolderFiles(root) else {
            throw InvalidEmail("There is no folder \(root) with templates.")
        }
        return try files.names.sorted().filter { try Self.isName($0) && FolderFiles("\(root)/\($0)") != nil }
    }

    /// The template in all its languages.
    func folder(named name: String) throws -> TemplateFolder {
        guard Self.isName(name) else {
            throw InvalidEmail(
                "\(InvalidEmail.quoted(name)) is no template name; it is lower-case letters, digits, '-' and '_'.")
        }
        if let folder = loaded.withLock({ $0[name] }) { return folder }
        // Read outside the lock: at worst two tasks read the same files once.
        let folder = try TemplateFolder(name: name, root: root)
        return loaded.withLock { loaded in
            loaded[name] = folder
            return folder
        }
    }

    /// Nothing that could lead out of the folder, and nothing that begins with `_`, where the layout is.
    static func isName(_ name: String) -> Bool { Identifier.isOne(name) && !name.hasPrefix("_") }
}
