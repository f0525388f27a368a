/// What a tracked job leaves behind: `{"messageID":"<emails.1731999999999-0@school.example>","recipients":1,"place":"…"}`.
struct SentEmail: Encodable {
    let messageID: String
    let recipients: Int
    /// Where the mail is now: a file, or the server that took it.
    let place: String

    init(_ mail: OutgoingMail, place: String) {
        messageID = "\(mail.messageID)"
        recipients = mail.recipients.count
        self.place = place
    }
}
