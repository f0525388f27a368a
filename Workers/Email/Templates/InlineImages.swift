/// The images that a template shows from its own folder: `<img src="cid:seal.png">`.
///
/// What is addressed in the mail is `cid:seal.png@coursework`: a Content-ID has a domain (RFC 2392).
enum InlineImages {
    /// All of one template together: they travel with each mail.
    static let maxBytes = 1 << 20

    static func contentID(of name: String) -> String { "\(name)@coursework" }

    /// The source of an HTML template with the addresses as they are in the mail, and the names of the images.
    static func addressed(in source: String) -> (source: String, names: Set<String>) {
        var output = ""
        var names: Set<String> = []
        var rest = source[...]
        while let mark = rest.firstRange(of: "\"cid:") {
            output += rest[..<mark.upperBound]
            rest = rest[mark.upperBound...]
            let name = String(rest.prefix { $0 != "\"" })
            rest = rest.dropFirst(name.count)
            names.insert(name)
            output += contentID(of: name)
        }
        return (output + rest, names)
    }

    /// Reads each image from the first folder that has it.
    /// - Throws: ``InvalidEmail`` for what is not there, no image or too large, or the file system's error.
    static func read(_ names: Set<String>, from folders: [FolderFiles], for template: String) throws -> [AttachedFile] {
        var room = maxBytes
        return try names.sorted().map { name in
            guard let folder = folders.first(where: { $0.names.contains(name) }) else {
                throw InvalidEmail("The template \(template) shows cid:\(name), but has no such file beside it.")
            }
            let type = MediaType(ofFile: name)
            guard type.isImage else {
                throw InvalidEmail("The template \(template) shows cid:\(name), which is no image by its ending.")
            }
            let contents = try folder.bytes(name)
            room -= contents.count
            guard room >= 0 else {
                throw InvalidEmail("The images of the template \(template) are larger than \(maxBytes) bytes together.")
            }
            return try AttachedFile(name: name, mediaType: type, contents: contents, contentID: contentID(of: name))
        }
    }
}
