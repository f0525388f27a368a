/// A part of a message: a text, a file, or parts together.
indirect enum MIMEPart {
    /// UTF-8, of a subtype of `text`: `plain`, `html`.
    case text(subtype: String, [UInt8])
    case file(AttachedFile)
    /// Parts that are alternatives, related or simply several (`mixed`). No two of one subtype within each other.
    case multipart(subtype: String, [MIMEPart])
}

extension MIMEPart {
    /// A text can always be read as plain text; images travel beside the HTML that shows them.
    init(_ content: EmailContent, attachments: [AttachedFile]) {
        var part = MIMEPart.text(subtype: "plain", content.text)
        if let html = content.html {
            var shown = MIMEPart.text(subtype: "html", html)
            if !content.images.isEmpty {
                shown = .multipart(subtype: "related", [shown] + content.images.map(MIMEPart.file))
            }
            part = .multipart(subtype: "alternative", [part, shown])
        }
        self = attachments.isEmpty ? part : .multipart(subtype: "mixed", [part] + attachments.map(MIMEPart.file))
    }

    /// Appends the part's fields, an empty line and its content.
    func append(to writer: inout MessageWriter) {
        switch self {
        case .text(let subtype, let text):
            let encoding = BodyEncoding(fitting: text)
            writer.append("Content-Type: text/\(subtype); charset=utf-8\r\n")
            writer.append("Content-Transfer-Encoding: \(encoding.rawValue)\r\n\r\n")
            writer.append(text: text, encoding)
        case .file(let file): file.append(to: &writer)
        case .multipart(let subtype, let parts): Self.append(parts, subtype, to: &writer)
        }
    }

    private static func append(_ parts: [MIMEPart], _ subtype: String, to writer: inout MessageWriter) {
        // `=_` stands in no quoted-printable and no base64 text, so it never ends a part early.
        let boundary = "=_coursework_\(subtype)"
        // Required by RFC 2387: what a reader shows of it.
        let root = subtype == "related" ? " type=\"text/html\";" : ""
        writer.append("Content-Type: multipart/\(subtype);\(root) boundary=\"\(boundary)\"\r\n")
        for part in parts {
            writer.append("\r\n--\(boundary)\r\n")
            part.append(to: &writer)
        }
        writer.append("\r\n--\(boundary)--\r\n")
    }
}
