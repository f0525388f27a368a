/// Takes a mail on its way: to a server, or into a file.
protocol MailTransport: Sendable {
    /// The server it depends on, as its circuit breaker is called; nil when there is none.
    var dependency: String? { get }

    /// Returns when the other side has taken the responsibility for the mail.
    /// - Returns: where the mail is now, for a person: a file or a server.
    @discardableResult
    func send(_ mail: OutgoingMail) async throws(MailFailure) -> String
}
