/// The end of one attempt for one recipient.
public struct MailResult: Sendable, Equatable {
    public let ticket: MailTicket
    public let outcome: MailOutcome
    /// Where the mail is now, for people; nil when nobody took it.
    public let transport: String?

    public init(_ ticket: MailTicket, _ outcome: MailOutcome, transport: String? = nil) {
        self.ticket = ticket
        self.outcome = outcome
        self.transport = transport
    }
}
