import FoundationEssentials
import Jobs

/// A mail as a transport takes it: the envelope and the bytes.
struct OutgoingMail: Sendable {
    /// Most servers refuse larger ones.
    static let maxBytes = 10 << 20

    /// What never changes about it. A reference, since a mail passes through many hands and each copy of a structure of this
    /// size costs as much as a page of its text.
    private final class Content: Sendable {
        let jobID: JobID
        let messageID: MessageID
        let needsSMTPUTF8: Bool
        let bytes: [UInt8]
        let message: EmailMessage
        let date: Date

        init(jobID: JobID, messageID: MessageID, message: EmailMessage, date: Date, bytes: [UInt8]) {
            (self.jobID, self.messageID, self.message, self.date) = (jobID, messageID, message, date)
            self.bytes = bytes
            needsSMTPUTF8 = message.needsSMTPUTF8
        }
    }

    private let content: Content
    /// The envelope's sender: where undeliverable mail returns to.
    private(set) var sender: EmailAddress
    /// Those it is to be delivered to now: all of the message's, or those who have not got it yet.
    private(set) var recipients: [EmailAddress]
    /// Whether nobody waits for it, so that it lets others go first.
    var isBulk = false

    var jobID: JobID { content.jobID }
    var messageID: MessageID { content.messageID }
    /// Whether only a server that offers SMTPUTF8 can take the mail (RFC 6531).
    var needsSMTPUTF8: Bool { content.needsSMTPUTF8 }
    /// The message, CRLF at every line's end.
    var bytes: [UInt8] { content.bytes }
    /// What the bytes were made of, for transports that make their own.
    var message: EmailMessage { content.message }
    var date: Date { content.date }

    /// - Parameter signer: nil for mail that nobody vouches for.
    init(jobID: JobID, message: EmailMessage, date: Date, signer: DKIMSigner? = nil) {
        let messageID = MessageID(jobID, sender: message.from)
        let unsigned = MIMEBuilder(message, id: messageID, date: date).bytes
        let signatures = signer?.signatures(of: unsigned, from: message.from.domain, at: date) ?? []
        content = Content(
            jobID: jobID, messageID: messageID, message: message, date: date,
            bytes: signatures.isEmpty ? unsigned : signatures + unsigned)
        sender = message.from
        recipients = message.recipients
    }

    /// The same mail, which returns to an address that names it.
    func returning(to path: ReturnPath?) -> OutgoingMail {
        guard let path else { return self }
        var mail = self
        mail.sender = path.address(for: jobID)
        return mail
    }

    /// The same mail for some of its recipients.
    func addressed(to recipients: [EmailAddress]) -> OutgoingMail {
        var mail = self
        mail.recipients = recipients
        return mail
    }
}
