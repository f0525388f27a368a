import DeliveryReports

/// A mail as `POST /v3/mail/send` takes it.
struct SendGridMail: Encodable {
    struct Address: Encodable, Equatable {
        let email: String
        let name: String?

        init(_ address: EmailAddress) {
            email = address.address
            name = address.name
        }
    }

    struct Personalization: Encodable {
        let to: [Address]
        /// Nil when empty: an empty list is refused.
        let cc: [Address]?
        let bcc: [Address]?
    }

    struct Content: Encodable {
        let type: String
        let value: String
    }

    struct Attachment: Encodable {
        /// In base64.
        let content: String
        let type: String
        let filename: String
        let disposition: String
        let contentID: String?

        private enum CodingKeys: String, CodingKey {
            case content, type, filename, disposition
            case contentID = "content_id"
        }

        init(_ file: AttachedFile) {
            content = Base64.text(file.contents)
            type = file.mediaType.text
            filename = file.name
            disposition = file.contentID == nil ? "attachment" : "inline"
            contentID = file.contentID
        }
    }

    let personalizations: [Personalization]
    let from: Address
    let replyTo: Address?
    let subject: String
    let content: [Content]
    /// Nil when empty: an empty list is refused.
    let attachments: [Attachment]?
    let headers: [String: String]
    /// What its events bring back.
    let customArguments: [String: String]

    private enum CodingKeys: String, CodingKey {
        case personalizations, from, subject, content, attachments, headers
        case replyTo = "reply_to"
        case customArguments = "custom_args"
    }

    init(_ mail: OutgoingMail) {
        let message = mail.message
        personalizations = [Self.personalization(mail)]
        from = Address(message.from)
        replyTo = message.replyTo.map(Address.init)
        subject = message.content.subject
        // The plain text must be the first.
        content =
            [Content(type: "text/plain", value: String(decoding: message.content.text, as: UTF8.self))]
            + (message.content.html.map { [Content(type: "text/html", value: String(decoding: $0, as: UTF8.self))] }
                ?? [])
        let files = (message.content.images + message.attachments).map(Attachment.init)
        attachments = files.isEmpty ? nil : files
        headers = Self.headers(mail)
        customArguments = [SendGridEvents.messageIDArgument: "\(mail.messageID)"]
    }

    private static func headers(_ mail: OutgoingMail) -> [String: String] {
        var headers = ["Message-ID": "\(mail.messageID)", "Auto-Submitted": "auto-generated"]
        for (name, value) in mail.message.list?.fields(domain: mail.sender.domain) ?? [] { headers[name] = value }
        return headers
    }

    /// Those who are still to get it, each once and in the place that the message gives them; somebody must stand in `to`.
    private static func personalization(_ mail: OutgoingMail) -> Personalization {
        let message = mail.message
        var left = mail.recipients
        let (to, cc) = (take(message.to, from: &left), take(message.cc, from: &left))
        guard !to.isEmpty else { return Personalization(to: mail.recipients.map(Address.init), cc: nil, bcc: nil) }
        let bcc = left.map(Address.init)
        return Personalization(to: to, cc: cc.isEmpty ? nil : cc, bcc: bcc.isEmpty ? nil : bcc)
    }

    private static func take(_ some: [EmailAddress], from left: inout [EmailAddress]) -> [Address] {
        let taken = left.filter { recipient in some.contains { $0.address == recipient.address } }
        left.removeAll { taken.contains($0) }
        return taken.map(Address.init)
    }
}
