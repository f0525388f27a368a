import FoundationEssentials
import Jobs

/// A mail as a transport takes it: the envelope and the bytes.
struct OutgoingMail: Sendable {
    /// Most servers refuse larger ones.
    static let maxBytes = 10 << 20

    let jobID: JobID
    let messageID: MessageID
    /// The envelope's sender: where undeliverable mail returns to.
    let sender: EmailAddress
    /// Those it is to be delivered to now: all of the message's, or those who have not got it yet.
    private(set) var recipients: [EmailAddress]
    /// The message, CRLF at every line's end.
    let bytes: [UInt8]
    /// What the bytes were made of, for transports that make their own.
    let message: EmailMessage
    let date: Date
    /// Whether nobody waits for it, so that it lets others go first.
    var isBulk = false

    init(jobID: JobID, message: EmailMessage, date: Date) {
        self.jobID = jobID
        self.message = message
        self.date = date
        messageID = MessageID(jobID, sender: message.from)
        sender = message.from
        recipients = message.recipients
        bytes = MIMEBuilder(message, id: messageID, date: date).bytes
    }

    /// The same mail for some of its recipients.
    func addressed(to recipients: [EmailAddress]) -> OutgoingMail {
        var mail = self
        mail.recipients = recipients
        return mail
    }
}
