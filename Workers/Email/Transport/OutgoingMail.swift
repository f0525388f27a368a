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
    /// Whether only a server that offers SMTPUTF8 can take the mail (RFC 6531).
    let needsSMTPUTF8: Bool
    /// The message, CRLF at every line's end.
    let bytes: [UInt8]

    /// - Parameter signer: nil for mail that nobody vouches for.
    init(jobID: JobID, message: EmailMessage, date: Date, signer: DKIMSigner? = nil) {
        self.jobID = jobID
        messageID = MessageID(jobID, sender: message.from)
        sender = message.from
        recipients = message.recipients
        needsSMTPUTF8 = message.needsSMTPUTF8
        let unsigned = MIMEBuilder(message, id: messageID, date: date).bytes
        let signatures = signer?.signatures(of: unsigned, from: sender.domain, at: date) ?? []
        bytes = signatures.isEmpty ? unsigned : signatures + unsigned
    }
}
