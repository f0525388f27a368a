/// Takes a mail on its way: to a server, or into a file.
protocol MailTransport: Sendable {
    /// Returns when the other side has taken the responsibility for the mail.
    /// - Returns: the file it lies in, when it is one.
    @discardableResult
    func send(_ mail: OutgoingMail) async throws(MailFailure) -> String?
}
