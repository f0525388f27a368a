/// The right to say what became of a mail for one recipient, which ``MailRecord/begin(_:)`` gave.
public struct MailTicket: Sendable, Hashable {
    let id: Int
    let token: String
}
