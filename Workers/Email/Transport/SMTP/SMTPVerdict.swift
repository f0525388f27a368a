/// What a reply comes to. A status of RFC 3463 wins over the reply's code where the server gives both.
enum SMTPVerdict: Equatable {
    case accepted
    /// For the recipients that the command was about.
    case answered(DeliveryOutcome)
    /// For the connection: nobody gets this mail by it now.
    case failed(TransportFailure)

    /// What the reply is an answer to.
    enum Command {
        case mail, recipient, data
        /// The end of the mail; how many recipients it is for.
        case message(recipients: Int)
    }

    init(_ reply: SMTPReply, to command: Command) {
        switch reply.code {
        case 421: self = .failed(.unavailable("The mail server answered \(reply)."))
        case 454 where command == .mail: self = .failed(.unavailable("The mail server answered \(reply)."))
        case _ where Self.loginCodes.contains(reply.code) && command == .mail:
            self = .failed(.loginRefused("The mail server refuses our account: \(reply)."))
        case 354 where command == .data: self = .accepted
        case 200..<300 where command != .data: self = .accepted
        case 400..<600: self = .answered(Self.outcome(reply, command))
        default: self = .failed(.unavailable("The mail server answered \(reply), which makes no sense there."))
        }
    }

    /// Our account is missing, wrong or too weak, or encryption is (RFC 4954 §6). It is the operator's matter.
    private static let loginCodes: Set = [530, 534, 535, 538]

    private static func outcome(_ reply: SMTPReply, _ command: Command) -> DeliveryOutcome {
        let reason = "The mail server answered \(reply)."
        if isMailboxFull(reply, command) { return .deferred(reason: reason, wait: .mailboxFull) }
        guard (reply.status?.category ?? reply.category) == 5 else {
            return .deferred(reason: reason, wait: wait(reply, command))
        }
        return .refused(reason: reason, isAboutAddress(reply, command) ? .suppress : .park)
    }

    /// How long a "not now" means. The server's hint is heeded wherever it stands.
    private static func wait(_ reply: SMTPReply, _ command: Command) -> DeferralWait {
        if let hint = RetryHint(reply.text) { return .atLeast(hint.duration) }
        switch command {
        case .mail, .recipient: return .unhinted
        case .data, .message: return .byPolicy
        }
    }

    private static func isMailboxFull(_ reply: SMTPReply, _ command: Command) -> Bool {
        if let status = reply.status { return status.subject == 2 && status.detail == 2 }
        // 552 to MAIL is about the size of the mail (RFC 1870 §6.1).
        return reply.code == 552 && command != .mail
    }

    /// Whether a permanent refusal says that there is no such recipient. What MAIL is told is about the sender.
    private static func isAboutAddress(_ reply: SMTPReply, _ command: Command) -> Bool {
        switch command {
        case .mail, .data: return false
        // Who of several is meant, nobody can say.
        case .message(let recipients): guard recipients == 1, reply.status != nil else { return false }
        case .recipient: break
        }
        return reply.status?.deniesAddress ?? [550, 551, 553].contains(reply.code)
    }
}

extension SMTPVerdict.Command: Equatable {}
