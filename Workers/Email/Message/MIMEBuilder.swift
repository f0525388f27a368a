import FoundationEssentials

/// Writes a message as the bytes that travel (RFC 5322 and MIME), every line ended by CRLF.
struct MIMEBuilder {
    private var writer: MessageWriter

    var bytes: [UInt8] { writer.bytes }

    init(_ message: EmailMessage, id: MessageID, date: Date) {
        writer = MessageWriter(reservingCapacity: Self.expectedSize(message))
        appendHeaders(message, id, date)
        MIMEPart(message.content, attachments: message.attachments).append(to: &writer)
        writer.endLine()
    }

    private mutating func appendHeaders(_ message: EmailMessage, _ id: MessageID, _ date: Date) {
        writer.appendField("Date", "\(MailDate(date))")
        append("From", [message.from])
        append("To", message.to)
        append("Cc", message.cc)
        append("Reply-To", message.replyTo.map { [$0] } ?? [])
        writer.beginField("Subject")
        HeaderText.appendUnstructured(message.content.subject, to: &writer)
        writer.endField()
        writer.appendField("Message-ID", "\(id)")
        for (name, value) in message.list?.fields(domain: message.from.domain) ?? [] { writer.appendField(name, value) }
        writer.append("MIME-Version: 1.0\r\n")
        // Keeps holiday replies away (RFC 3834).
        writer.append("Auto-Submitted: auto-generated\r\n")
        if let language = message.content.language { writer.appendField("Content-Language", language) }
    }

    private mutating func append(_ name: String, _ addresses: [EmailAddress]) {
        guard let last = addresses.indices.last else { return }
        writer.beginField(name)
        for (index, address) in addresses.enumerated() {
            let end = index < last ? "," : ""
            if let name = address.name {
                HeaderText.appendPhrase(name, to: &writer)
                writer.appendWord("<\(address.address)>\(end)".utf8)
            } else {
                writer.appendWord((address.address + end).utf8)
            }
        }
        writer.endField()
    }

    /// A little too much rather than a second buffer.
    private static func expectedSize(_ message: EmailMessage) -> Int {
        let texts = message.content.text.count + (message.content.html?.count ?? 0)
        let files = (message.content.images + message.attachments).reduce(0) { $0 + $1.contents.count }
        return 2048 + (texts + files) * 3 / 2
    }
}
