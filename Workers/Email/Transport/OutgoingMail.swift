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
    let recipients: [EmailAddress]
    /// The message, CRLF at every line's end.
    let bytes: [UInt8]

    init(jobID: JobID, message: EmailMessage, date: Date) {
        self.jobID = jobID
        messageID = MessageID(jobID, sender: message.from)
        sender = message.from
        recipients = message.recipients
        bytes = MIMEBuilder(message, id: messageID, date: date).bytes
    }
}
