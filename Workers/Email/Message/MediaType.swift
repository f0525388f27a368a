/// What a file holds: `application/pdf` (RFC 2046).
struct MediaType: Sendable, Equatable {
    let text: String

    /// - Throws: ``InvalidEmail`` for what is no media type, and for those that consist of mail themselves.
    init(_ text: String) throws(InvalidEmail) {
        let lowercased = text.lowercased()
        let parts = lowercased.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard lowercased.utf8.count <= 127, parts.count == 2, parts.allSatisfy(Self.isName),
            !["multipart", "message"].contains(String(Substring(parts[0])))
        else {
            throw InvalidEmail(
                "\(InvalidEmail.quoted(text)) is no type of an attachment; write one such as application/pdf.")
        }
        self.text = lowercased
    }

    /// By the ending of a file's name; what is unknown is just bytes.
    init(ofFile name: String) {
        let ending = name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() } ?? ""
        text = Self.byEnding[ending] ?? "application/octet-stream"
    }

    var isImage: Bool { text.hasPrefix("image/") }

    private static let byEnding = [
        "csv": "text/csv", "gif": "image/gif", "html": "text/html", "ics": "text/calendar", "jpeg": "image/jpeg",
        "jpg": "image/jpeg", "json": "application/json", "mp3": "audio/mpeg", "mp4": "video/mp4",
        "pdf": "application/pdf", "png": "image/png", "svg": "image/svg+xml", "txt": "text/plain",
        "webp": "image/webp", "xml": "application/xml", "zip": "application/zip",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]

    /// `restricted-name` in RFC 6838.
    private static func isName(_ bytes: Substring.UTF8View) -> Bool {
        !bytes.isEmpty && bytes.allSatisfy { $0.isASCIIAlphanumeric || "!#$&-^_.+".utf8.contains($0) }
    }
}
