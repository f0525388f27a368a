internal import Configuration
internal import FoundationEssentials

extension CertificateTemplate {
    /// Reads `FOLDER/NAME/template.json5` and the images beside it.
    /// - Throws: ``InvalidTemplate`` with every mistake, each with its line, its element and its key.
    public init(named name: String, in folder: String) throws(InvalidTemplate) {
        guard Self.isName(name) else {
            throw InvalidTemplate("This is no template's name: it is lower-case letters, digits, '-' and '_'.")
        }
        let folder = "\(folder)/\(name)"
        try self.init(json5: Self.contents(of: "\(folder)/\(Self.file)"), name: name, folder: folder)
    }

    /// The templates of a folder, in order.
    public static func names(in folder: String) throws(InvalidTemplate) -> [String] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw InvalidTemplate("There is no folder \(folder) with templates of certificates.")
        }
        return names.filter { isName($0) && FileManager.default.fileExists(atPath: "\(folder)/\($0)/\(file)") }
            .sorted()
    }

    private static let file = "template.json5"

    private static func contents(of file: String) throws(InvalidTemplate) -> [UInt8] {
        guard let data = try? Data(contentsOf: URL(filePath: file)) else {
            throw InvalidTemplate("The template \(file) cannot be read; check its name and owner.")
        }
        return [UInt8](data)
    }

    private static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
                case UInt8(ascii: "-"), UInt8(ascii: "_"): true
                default: false
                }
            }
    }

    /// - Parameter folder: where the images are.
    package init(json5: [UInt8], name: String, folder: String) throws(InvalidTemplate) {
        do throws(ConfigurationError) {
            let document = try Document(text: json5, file: "\(folder)/\(Self.file)")
            let findings = Findings(document.source)
            for duplicate in document.duplicates { findings.add(duplicate) }
            let draft = TemplateDraft(document.root, findings)
            try findings.throwIfAny()
            self.init(
                name: name, page: draft.page, language: draft.language, title: draft.title, elements: draft.elements)
        } catch {
            throw InvalidTemplate(error.description)
        }
    }
}
