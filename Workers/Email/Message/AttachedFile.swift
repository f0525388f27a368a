/// A file that travels with a mail: an attachment, or an image its HTML shows.
struct AttachedFile: Sendable, Equatable {
    static let maxNameBytes = 255

    /// As the reader sees it: `Certificate.pdf`.
    let name: String
    let mediaType: MediaType
    let contents: [UInt8]
    /// What the HTML calls it, `<img src="cid:seal.png@coursework">`; nil for an attachment.
    let contentID: String?

    /// - Throws: ``InvalidEmail`` for a name that could mislead a reader or a program.
    init(name: String, mediaType: MediaType, contents: [UInt8], contentID: String? = nil) throws(InvalidEmail) {
        guard Self.isName(name) else {
            throw InvalidEmail(
                "\(InvalidEmail.quoted(name)) is no name for an attachment; it has 1 to \(Self.maxNameBytes) bytes and "
                    + "neither slashes nor control characters.")
        }
        self.name = name
        self.mediaType = mediaType
        self.contents = contents
        self.contentID = contentID
    }

    func append(to writer: inout MessageWriter) {
        writer.appendField("Content-Type", mediaType.text)
        writer.beginField("Content-Disposition")
        writer.appendWord((contentID == nil ? "attachment;" : "inline;").utf8)
        HeaderParameter.append("filename", name, to: &writer)
        writer.endField()
        if let contentID { writer.appendField("Content-ID", "<\(contentID)>") }
        writer.append("Content-Transfer-Encoding: base64\r\n\r\n")
        writer.append(file: contents)
    }

    static func isName(_ name: String) -> Bool {
        (1...maxNameBytes).contains(name.utf8.count) && name != "." && name != ".."
            && name.unicodeScalars.allSatisfy { $0 != "/" && $0 != "\\" && !misleads($0) }
    }

    /// Control characters, and those that turn the direction of writing: `invoice_fdp.exe` shown as `invoice_exe.pdf`.
    private static func misleads(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
