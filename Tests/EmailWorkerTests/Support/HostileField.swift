import Mustache

@testable import EmailWorker

/// A field of a payload that reaches a header of the mail.
enum HostileField: String, CaseIterable {
    case toName, toQuotedName, toAddress, fromName, replyToName, ccName, subject, templateData, attachmentName
    case attachmentType, attachmentKey, list, locale, template

    /// The mail with the text in this field.
    func job(_ text: String) -> SendEmail {
        var job = SendEmail.plain
        switch self {
        case .toName: job.to = Recipients(addresses: ["\(text) <ada@school.example>"])
        case .toQuotedName: job.to = Recipients(addresses: ["\"\(text)\" <ada@school.example>"])
        case .toAddress: job.to = Recipients(addresses: ["ada@school.example\(text == "plain" ? "" : text)"])
        case .fromName: job.from = "\(text) <no-reply@school.example>"
        case .replyToName: job.replyTo = "\(text) <help@school.example>"
        case .ccName: job.cc = Recipients(addresses: ["\(text) <ada@school.example>"])
        case .subject: job.subject = text
        case .templateData: fill(&job, "welcome", ["name": .string(text), "url": "https://school.example"])
        case .attachmentName: job.attachments = [AttachmentReference(key: "a.txt", name: text)]
        case .attachmentType:
            job.attachments = [AttachmentReference(key: "a.txt", type: text == "plain" ? "text/plain" : text)]
        case .attachmentKey: job.attachments = [AttachmentReference(key: text == "plain" ? "a.txt" : text)]
        case .list: job.list = text
        case .locale: (job.subject, job.locale) = ("Hi", text == "plain" ? "de" : text)
        case .template: if text != "plain" { fill(&job, text, [:]) }
        }
        return job
    }

    /// What an independent reader finds in its place; nil where that is not the text alone.
    func value(in mail: ParsedMail) -> String? {
        switch self {
        case .subject: mail["Subject"]
        case .attachmentName: mail.parts.last?.filename
        default: nil
        }
    }

    private func fill(_ job: inout SendEmail, _ template: String, _ data: [String: MustacheValue]) {
        (job.subject, job.text, job.template, job.data) = (nil, nil, template, .object(data))
    }
}
