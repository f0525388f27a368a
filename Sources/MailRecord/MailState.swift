/// Where a mail is for one of its recipients.
public enum MailState: String, Sendable, CaseIterable, Encodable {
    /// Not taken yet; another attempt follows.
    case queued
    /// Handed over, and not heard of since.
    case sending
    /// The other side is responsible for it.
    case sent
    /// The server that was to take it refused for good.
    case refused
    /// A server that had taken it reported that it cannot be delivered.
    case bounced
    /// It was not handed over: the address is to get no mail.
    case suppressed
    /// Nobody knows whether it was sent.
    case ambiguous
}
