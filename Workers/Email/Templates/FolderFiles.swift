import FoundationEssentials
import Mustache

/// What a folder of templates holds.
struct FolderFiles {
    let path: String
    let names: Set<String>

    /// `nil` when there is no such folder.
    /// - Throws: the file system's error when the folder cannot be read.
    init?(_ path: String) throws {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder else { return nil }
        self.path = path
        names = Set(try FileManager.default.contentsOfDirectory(atPath: path))
    }

    func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: "\(path)/\(name)"))) }

    /// The text of a file; `nil` when the folder has none of this name.
    /// - Throws: ``InvalidEmail`` when it is no text, or the file system's error.
    func text(_ name: String) throws -> String? {
        guard names.contains(name) else { return nil }
        guard let text = String(validating: try bytes(name), as: UTF8.self) else {
            throw InvalidEmail("The template file \(path)/\(name) is not in UTF-8; save it as that.")
        }
        return text
    }

    /// The compiled template in a file; `nil` when the folder has none of this name.
    func template(_ name: String, _ contentType: MustacheContentType) throws -> TemplateFile? {
        guard let source = try text(name) else { return nil }
        do {
            return try TemplateFile(source, contentType: contentType)
        } catch {
            throw InvalidEmail("The template file \(path)/\(name) is wrong, \(error)")
        }
    }

    /// The data of an example, with everything that may be in it; `nil` when the folder has none.
    func sample() throws -> MustacheValue? {
        guard let text = try text("sample.json") else { return nil }
        do {
            return try JSONDecoder().decode(MustacheValue.self, from: Data(text.utf8))
        } catch {
            throw InvalidEmail("The file \(path)/sample.json is no JSON.")
        }
    }

    /// Folders in this one that are named after a language.
    func localeFolders() throws -> [(FolderFiles, LocaleTag)] {
        try names.sorted().compactMap { name in
            guard let locale = try? LocaleTag(name) else { return nil }
            return try FolderFiles("\(path)/\(name)").map { ($0, locale) }
        }
    }
}
