/// What was reported of a mail, for one of its recipients, after it had been taken.
public struct DeliveryReport: Sendable, Equatable {
    public enum Kind: String, Sendable {
        case delivered
        /// Still on its way.
        case delayed
        /// It will not be delivered.
        case bounced
        /// The reader called it unwanted.
        case complained
        case unsubscribed
        /// A provider that had taken it did not even try.
        case dropped
    }

    public var kind: Kind
    /// Under which addresses the recipient is reported, the likeliest first. Forwarding may have changed it.
    public var recipients: [String]
    /// Of the mail that is reported on, with its angle brackets; nil when the report does not say.
    public var messageID: String?
    /// What the Message-ID of the mail has before its @, as the return path names it; nil when it names none.
    public var mailName: String?
    public var status: EnhancedStatus?
    /// One line, for people.
    public var reason: String?

    public init(
        _ kind: Kind, recipients: [String], messageID: String?, status: EnhancedStatus? = nil, reason: String? = nil
    ) {
        self.kind = kind
        self.recipients = recipients
        self.messageID = messageID
        self.status = status
        self.reason = reason
    }

    /// Whether there is no such address: no mail should go there again.
    public var deniesAddress: Bool { kind == .bounced && status?.deniesAddress == true }
}
