/// What a tracked job leaves behind: `{"messageID":"<emails.1731999999999-0@school.example>","recipients":1}`, and `file`
/// when it was written to one.
struct SentEmail: Encodable {
    let messageID: String
    let recipients: Int
    /// Where the mail lies while no server is set.
    let file: String?

    init(_ mail: OutgoingMail, file: String?) {
        messageID = "\(mail.messageID)"
        recipients = mail.recipients.count
        self.file = file
    }
}
