public import FoundationEssentials

/// What the record says of a mail that is about to be handed over, for one of its recipients.
public enum MailBeginning: Sendable, Equatable {
    /// Hand it over, and say with the ticket what came of it.
    case proceed(MailTicket)
    /// It is over: another attempt has sent it, or was refused.
    case ended(MailState, reason: String?)
    /// The address is to get no mail; the reason is one for people.
    case suppressed(reason: String)
    /// Nobody knows whether an earlier attempt has sent it; that one began, or was last heard of, at this time.
    case ambiguous(since: Date)
}
