/// What is said for one mail, and what the answers come to. Pure.
struct SMTPExchange {
    private enum Command {
        case mail
        /// The recipient's place in the envelope.
        case recipient(Int)
        case data

        var kind: SMTPVerdict.Command {
            switch self {
            case .mail: .mail
            case .recipient: .recipient
            case .data: .data
            }
        }
    }

    private let mail: OutgoingMail
    private let announcesSize: Bool
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
        self.announcesSize = announcesSize
        recipientOutcomes = Array(repeating: nil, count: mail.recipients.count)
    }

    // MARK: What is said

    /// MAIL, RCPT for each recipient, DATA.
    var commandCount: Int { recipientOutcomes.count + 2 }

    private func command(_ number: Int) -> Command {
        switch number {
        case 0: .mail
        case commandCount - 1: .data
        default: .recipient(number - 1)
        }
    }

    func appendCommand(_ number: Int, to output: inout [UInt8]) {
        switch command(number) {
        case .mail:
            output += "MAIL FROM:<".utf8
            output += mail.sender.address.utf8
            output += announcesSize ? "> SIZE=\(mail.bytes.count)".utf8 : ">".utf8
            output += mail.needsSMTPUTF8 ? " SMTPUTF8\r\n".utf8 : "\r\n".utf8
        case .recipient(let place):
            output += "RCPT TO:<".utf8
            output += mail.recipients[place].address.utf8
            output += ">\r\n".utf8
        case .data: output += "DATA\r\n".utf8
        }
    }

    /// Appends what follows DATA: the mail, or nothing but its end when the server wants one though it took no recipient.
    func appendMessage(to output: inout [UInt8]) {
        if acceptedRecipients > 0 { SMTPData.append(mail.bytes, to: &output) } else { output += ".\r\n".utf8 }
    }

    /// Whether the answers to the commands before leave a sense in this one.
    func isWorthSaying(_ number: Int) -> Bool {
        guard mailOutcome == nil, failure == nil else { return false }
        return number == commandCount - 1 ? acceptedRecipients > 0 : true
    }

    // MARK: What is answered

    mutating func note(_ reply: SMTPReply, toCommand number: Int) {
        let command = command(number)
        isUnanswered = isUnanswered && reply.code == 421
        if case .data = command { awaitsMessage = reply.code == 354 }
        switch SMTPVerdict(reply, to: command.kind) {
        case .accepted: if case .recipient = command { acceptedRecipients += 1 }
        case .failed(let failure): self.failure = self.failure ?? failure
        case .answered(let outcome):
            switch command {
            // Where MAIL was refused, what follows is refused for that reason alone; so is DATA without a recipient.
            case .recipient(let place): if mailOutcome == nil { recipientOutcomes[place] = outcome }
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
