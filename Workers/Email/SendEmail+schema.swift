import EffectLedger
import Jobs
import Storage

extension SendEmail {
    static let payloadSchema = PayloadSchema.object(
        """
        One mail: a template with its data, or a subject with a text, an HTML text or both. To all recipients together \
        at most \(EmailMessage.maxRecipients).
        """,
        [
            .required("to", recipients(atLeast: 1).subject, "Who gets it; of a mail of a list one person."),
            .optional("cc", recipients(atLeast: 0).subject, "Who gets a copy."),
            .optional("bcc", recipients(atLeast: 0).subject, "Who gets a copy without being named in it."),
        ] + content + [
            .optional(
                "key", .text(.withoutNUL, 1...EffectKey.longest),
                "What must not be sent twice, such as receipt:4711. Else the job's id.")
        ],
        rules: contentRules + [
            FieldRule(
                "needs 'list' without 'cc' and 'bcc': a mail of a list goes to one reader",
                [.init(lacks: ["list"]), .init(lacks: ["cc", "bcc"])])
        ])

    /// All that does not say whose mail it is.
    static let content: [Property] = [
        .optional("replyTo", .text(.mailbox), "Where answers go."),
        .optional("from", .text(.mailbox), "The sender. Else that of the configuration."),
        .optional("template", .text(.templateName), "The template's name."),
        .optional("data", .any, "What the template shows: an object."),
        .optional("locale", .text(.locale), "The reader's language. Else the template's own."),
        .optional("subject", .text(.subject), "The subject, where there is no template."),
        .optional("text", .text(), "The mail as plain text."),
        .optional("html", .text(), "The mail as HTML."),
        .optional(
            "attachments", .array(of: attachment, count: 0...AttachmentReader.maxCount),
            "Files of the storage that travel with it."),
        .optional("list", .text(.listName), "The list that its reader can leave by one click."),
        .optional("atLeastOnce", .boolean, "Whether it is sent again when nobody knows whether it was sent."),
        .optional("overrideSuppression", .text(), "Why it goes to suppressed addresses, too: for the record."),
    ]

    static let contentRules = [
        FieldRule(
            "needs either 'template', or 'subject' with 'text', 'html' or both",
            [
                .init(has: ["template"], lacks: ["subject", "text", "html"]),
                .init(has: ["subject", "text"], lacks: ["template"]),
                .init(has: ["subject", "html"], lacks: ["template"]),
            ])
    ]

    private static let attachment = PayloadSchema.object(
        nil,
        [
            .required("key", .text(.storageKey), "Where it is in the storage."),
            .optional("name", .text(.fileName), "What the reader sees. Else the last part of the key."),
            .optional("type", .text(.mediaType), "What it is. Else by the ending of the name."),
        ])

    private static func recipients(atLeast least: Int) -> PayloadSchema {
        .oneOf([.text(.mailbox), .array(of: .text(.mailbox), count: least...EmailMessage.maxRecipients)])
    }
}
