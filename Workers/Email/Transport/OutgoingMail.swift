import FoundationEssentials
import Jobs

/// A mail as a transport takes it: the envelope and the bytes.
struct OutgoingMail: Sendable {
    /// Most servers refuse larger ones.
    static let maxBytes = 10 << 20

    let jobID: JobID
    let messageID: MessageID
    /// The envelope's sender: where undeliverable mail returns to.
    private(set) var sender: EmailAddress
    /// Those it is to be delivered to now: all of the message's, or those who have not got it yet.
    private(set) var recipients: [EmailAddress]
    /// Whether only a server that offers SMTPUTF8 can take the mail (RFC 6531).
    let needsSMTPUTF8: Bool
    /// The message, CRLF at every line's end.
    let bytes: [UInt8]
    /// What the bytes were made of, for transports that make their own.
    let message: EmailMessage
    let date: Date
    /// Whether nobody waits for it, so that it lets others go first.
    var isBulk = false

    /// - Parameter signer: nil for mail that nobody vouches for.
    init(jobID: JobID, message: EmailMessage, date: Date, signer: DKIMSigner? = nil) {
        self.jobID = jobID
        self.message = message
        self.date = date
        messageID = MessageID(jobID, sender: message.from)
        sender = message.from
        recipients = message.recipients
        needsSMTPUTF8 = message.needsSMTPUTF8
        let unsigned = MIMEBuilder(message, id: messageID, date: date).bytes
        let signatures = signer?.signatures(of: unsigned, from: sender.domain, at: date) ?? []
        bytes = signatures.isEmpty ? unsigned : signatures + unsigned
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
