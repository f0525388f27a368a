import Jobs
import Storage

extension CertificateFields {
    static let properties: [Property] = [
        .optional("name", .text(.certificateText), "The learner's name, as the certificate shows it."),
        .optional("title", .text(.certificateText), "The course's title."),
        .optional("issuer", .text(.certificateText), "Who issues it. Else as the course or the configuration says."),
        .optional("date", .text(.certificateDay), "The day of issue. Else today, in UTC."),
        .optional("expires", .text(.certificateDay), "The last day on which it is valid, not before the first."),
        .optional("grade", .text(.certificateText), "The grade or the distinction."),
        .optional("instructor", .text(.certificateText), "The instructor's name."),
        .optional("signature", .text(.storageKey), "The instructor's signature in the storage, a PNG."),
        .optional("language", .text(.languageTag), "The certificate's language."),
        .optional("template", .text(), "The template's name."),
        .optional("page", .text(.paper), "The paper."),
        .optional("description", .text(.withoutNUL, 0...10_000), "What was learnt, for the credential."),
        .optional("criteria", .text(.withoutNUL, 0...10_000), "What had to be done for it, for the credential."),
        .optional(
            "mail",
            .object(nil, [.required("to", .oneOf([.text(), .array(of: .text())]).subject, "The learner's address.")]),
            "How the learner hears of it: fields of email.send. Else no mail."),
    ]
}
