/// Takes a mail on its way: to a server, or into files.
protocol MailTransport: Sendable {
    /// As it is called in the configuration, in logs, and as a circuit breaker.
    var name: String { get }
    /// Whether it depends on a server, which may be away.
    var isRemote: Bool { get }

    /// Returns when the other side has answered for each recipient.
    /// - Throws: ``TransportFailure`` when nobody got the mail and another transport may be tried.
    func send(_ mail: OutgoingMail) async throws(TransportFailure) -> Delivery

    /// Finds out whether it would take mail, without sending any.
    /// - Returns: what was found, for people.
    func probe() async throws(TransportFailure) -> String
}
