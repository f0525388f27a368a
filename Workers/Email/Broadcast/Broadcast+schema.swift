import Jobs
import Storage

extension Broadcast {
    static let payloadSchema = PayloadSchema.object(
        "One mail to many, as a member of a batch: coursework mail broadcast makes both.",
        [
            .required("mailing", .text(.token), "Of a mailing each address gets one mail."),
            .optional(
                "recipients", .text(.storageKey),
                "A file in the storage with a JSON object a line. Else the rows of coursework.mailing_recipients."),
            .required(
                "mail",
                .object(
                    nil, SendEmail.content + ["to", "cc", "bcc", "key"].map(Property.forbidden),
                    rules: SendEmail.contentRules),
                "The fields of email.send, but to whom it goes and its key."),
        ])
}
