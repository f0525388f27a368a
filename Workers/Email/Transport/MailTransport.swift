/// Takes a mail on its way: to a server, or into a file.
protocol MailTransport: Sendable {
    /// Returns when the other side has taken the responsibility for the mail.
    /// - Returns: where the mail is now, for a person: a file or a server.
    @discardableResult
    func send(_ mail: OutgoingMail) async throws(MailFailure) -> String
}
