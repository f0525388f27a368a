import FoundationEssentials

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

    /// The text of a file; `nil` when the folder has none of this name.
    func text(_ name: String) throws -> String? {
        guard names.contains(name) else { return nil }
        return try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
    }

    /// Folders in this one that are named after a language.
    func localeFolders() -> [(FolderFiles, LocaleTag)] {
        names.sorted().compactMap { name in
            guard let locale = try? LocaleTag(name) else { return nil }
            return (try? FolderFiles("\(path)/\(name)")).map { ($0, locale) }
        }
    }
}
