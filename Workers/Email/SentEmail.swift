/// What a tracked job leaves behind: `{"messageID":"<emails.1731999999999-0@school.example>","recipients":1}`.
struct SentEmail: Encodable {
    let messageID: String
    let recipients: Int

    init(_ mail: OutgoingMail) {
        messageID = "\(mail.messageID)"
        recipients = mail.recipients.count
    }
}
