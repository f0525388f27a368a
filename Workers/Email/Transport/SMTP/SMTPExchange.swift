/// What is said for one mail, and what the answers come to. Pure.
struct SMTPExchange {
    struct Command {
        let kind: SMTPVerdict.Command
        /// Of the envelope; meant for `RCPT` alone.
        var recipient = 0
        let bytes: [UInt8]
    }

    let commands: [Command]
    private let mail: OutgoingMail
    /// What the mail as a whole came to; nil while nothing speaks against it.
    private var mailOutcome: DeliveryOutcome?
    /// What each recipient came to; nil while nothing speaks against it.
    private var recipientOutcomes: [DeliveryOutcome?]
    private var acceptedRecipients = 0
    /// The first that the server said against all mail.
    private(set) var failure: TransportFailure?
    /// Whether the server waits for the mail itself.
    private(set) var awaitsMessage = false
    /// Whether the server has the mail to its end.
    private(set) var isMailSent = false
    /// Whether the server has said nothing to it, but perhaps that it closes the connection.
    private(set) var isUnanswered = true

    init(_ mail: OutgoingMail, announcesSize: Bool) {
        self.mail = mail
        recipientOutcomes = Array(repeating: nil, count: mail.recipients.count)
        let size = announcesSize ? " SIZE=\(mail.bytes.count)" : ""
        let script = mail.needsSMTPUTF8 ? " SMTPUTF8" : ""
        let from = Command(kind: .mail, bytes: Array("MAIL FROM:<\(mail.sender.address)>\(size)\(script)\r\n".utf8))
        let recipients = mail.recipients.enumerated().map { index, recipient in
            Command(kind: .recipient, recipient: index, bytes: Array("RCPT TO:<\(recipient.address)>\r\n".utf8))
        }
        commands = [from] + recipients + [Command(kind: .data, bytes: Array("DATA\r\n".utf8))]
    }

    /// What follows DATA: the mail, or nothing but its end when the server wants one though it took no recipient.
    var message: [UInt8] { acceptedRecipients > 0 ? SMTPData.encoded(mail.bytes) : Array(".\r\n".utf8) }

    /// Whether the answers to the commands before leave a sense in this one.
    func isWorthSaying(_ command: Command) -> Bool {
        guard mailOutcome == nil, failure == nil else { return false }
        return command.kind == .data ? acceptedRecipients > 0 : true
    }

    mutating func note(_ reply: SMTPReply, to command: Command) {
        isUnanswered = isUnanswered && reply.code == 421
        if command.kind == .data { awaitsMessage = reply.code == 354 }
        switch SMTPVerdict(reply, to: command.kind) {
        case .accepted: if command.kind == .recipient { acceptedRecipients += 1 }
        case .failed(let failure): self.failure = self.failure ?? failure
        case .answered(let outcome):
            switch command.kind {
            // Where MAIL was refused, what follows is refused for that reason alone; so is DATA without a recipient.
            case .recipient: if mailOutcome == nil { recipientOutcomes[command.recipient] = outcome }
            case .data where acceptedRecipients == 0: break
            default: mailOutcome = mailOutcome ?? outcome
            }
        }
    }

    mutating func noteMailSent() { isMailSent = acceptedRecipients > 0 }

    /// Notes the answer to the whole mail.
    mutating func noteAnswer(_ reply: SMTPReply) {
        guard acceptedRecipients > 0 else { return }
        isMailSent = false
        switch SMTPVerdict(reply, to: .message(recipients: acceptedRecipients)) {
        case .accepted: break
        case .failed(let failure): self.failure = failure
        case .answered(let outcome): mailOutcome = outcome
        }
    }

    /// Whether the mail is refused for everybody, so that nothing is left to say.
    var isRefused: Bool { mailOutcome != nil || !recipientOutcomes.contains(nil) }

    /// Of every recipient, in the order of the envelope.
    var outcomes: [DeliveryOutcome] { recipientOutcomes.map { $0 ?? mailOutcome ?? .delivered } }

    /// The mail was sent, and then something happened instead of an answer.
    func outcomes(endedBy what: String) -> [DeliveryOutcome] {
        let reason = "\(what) after it had the whole mail; it may have been delivered."
        return recipientOutcomes.map { $0 ?? .ambiguous(reason: reason) }
    }
}
