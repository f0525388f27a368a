import FoundationEssentials

/// Writes a message as the bytes that travel (RFC 5322 and MIME), every line ended by CRLF.
struct MIMEBuilder {
    private(set) var bytes: [UInt8] = []

    /// Ends the parts of a message. `=_` stands in no quoted-printable and no base64 text, so it never ends one early.
    private static let boundary = "=_coursework_alternative"

    init(_ message: EmailMessage, id: MessageID, date: Date) {
        let content = message.content
        bytes.reserveCapacity(2048 + (content.text.utf8.count + (content.html?.utf8.count ?? 0)) * 3 / 2)
        appendHeaders(message, id, date)
        if let html = content.html {
            appendAlternatives(text: content.text, html: html)
        } else {
            appendPart("plain", content.text)
            if !bytes.hasSuffix("\r\n") { append("\r\n") }
        }
    }

    private mutating func appendHeaders(_ message: EmailMessage, _ id: MessageID, _ date: Date) {
        append("Date: \(MailDate(date))\r\n")
        appendField("From", Self.words([message.from]))
        appendField("To", Self.words(message.to))
        if !message.cc.isEmpty { appendField("Cc", Self.words(message.cc)) }
        if let replyTo = message.replyTo { appendField("Reply-To", Self.words([replyTo])) }
        appendField("Subject", HeaderText.unstructured(message.content.subject))
        append("Message-ID: \(id)\r\n")
        append("MIME-Version: 1.0\r\n")
        // Keeps holiday replies away (RFC 3834).
        append("Auto-Submitted: auto-generated\r\n")
    }

    private mutating func appendAlternatives(text: String, html: String) {
        append("Content-Type: multipart/alternative; boundary=\"\(Self.boundary)\"\r\n")
        for (subtype, body) in [("plain", text), ("html", html)] {
            append("\r\n--\(Self.boundary)\r\n")
            appendPart(subtype, body)
        }
        append("\r\n--\(Self.boundary)--\r\n")
    }

    private mutating func appendPart(_ subtype: String, _ body: String) {
        let body = BodyEncoding.withNetworkLineBreaks(body)
        let encoding = BodyEncoding(fitting: body)
        append("Content-Type: text/\(subtype); charset=utf-8\r\n")
        append("Content-Transfer-Encoding: \(encoding.rawValue)\r\n\r\n")
        encoding.append(body, to: &bytes)
    }

    private mutating func append(_ text: String) { bytes += text.utf8 }
}

// MARK: - Header fields

extension MIMEBuilder {
    /// Appends a field, breaking its line before a word that would go beyond 76 columns.
    private mutating func appendField(_ name: String, _ words: [String]) {
        append(name + ":")
        var column = name.utf8.count + 1
        for (index, word) in words.enumerated() {
            let isTooLong = column + 1 + word.utf8.count > 76
            // The first word stays beside the name: a field of blank lines confuses some readers.
            append(isTooLong && index > 0 ? "\r\n " : " ")
            column = (isTooLong && index > 0 ? 0 : column) + 1 + word.utf8.count
            append(word)
        }
        append("\r\n")
    }

    private static func words(_ addresses: [EmailAddress]) -> [String] {
        addresses.enumerated().flatMap { index, address in
            let comma = index + 1 < addresses.count ? "," : ""
            guard let name = address.name else { return [address.address + comma] }
            return HeaderText.phrase(name) + ["<\(address.address)>\(comma)"]
        }
    }
}

extension [UInt8] {
    fileprivate func hasSuffix(_ text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}
