/// A message, or a part of one (RFC 2045, 2046).
struct MailPart {
    private static let deepest = 8
    private static let mostParts = 100

    let header: HeaderFields
    private let body: ArraySlice<MailLines.Line>
    private let depth: Int

    init(_ lines: ArraySlice<MailLines.Line>, depth: Int = 0) {
        let (header, count) = HeaderFields.read(lines)
        self.header = header
        self.depth = depth
        body = lines.dropFirst(count)
    }

    var type: String { header.kind(of: "content-type") ?? "text/plain" }

    /// Itself, and what is in it, in order.
    var all: [MailPart] {
        var parts = [self]
        for part in children where parts.count < Self.mostParts { parts += part.all }
        return Array(parts.prefix(Self.mostParts))
    }

    private var children: [MailPart] {
        guard depth < Self.deepest, type.hasPrefix("multipart/"),
            let boundary = header.parameter("boundary", of: "content-type"), !boundary.isEmpty
        else { return [] }
        let (delimiter, end) = (Array("--\(boundary)".utf8), Array("--\(boundary)--".utf8))
        var (children, start): ([MailPart], Int?) = ([], nil)
        for (index, line) in zip(body.indices, body) where line.starts(with: delimiter) {
            if let start { children.append(MailPart(body[start..<index], depth: depth + 1)) }
            start = line.starts(with: end) ? nil : index + 1
            if start == nil || children.count >= Self.mostParts { return children }
        }
        // Cut off before its end.
        if let start { children.append(MailPart(body[start...], depth: depth + 1)) }
        return children
    }

    /// The lines of the body, decoded.
    var lines: [MailLines.Line] {
        switch header.kind(of: "content-transfer-encoding") {
        case "base64": MailLines.of(TransferDecoding.base64(body.joined()))
        case "quoted-printable": MailLines.of(TransferDecoding.quotedPrintable(body))
        default: Array(body)
        }
    }
}
