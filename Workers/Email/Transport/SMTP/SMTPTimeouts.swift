/// How long a mail server may take. RFC 5321 §4.5.3.2 allows more; a job does not.
struct SMTPTimeouts: Sendable, Equatable {
    /// Until the connection stands.
    var connect: Duration = .seconds(10)
    /// For the answer to a command, the greeting, and the encryption.
    var command: Duration = .seconds(60)
    /// For taking a piece of the mail, and for the answer to all of it.
    var message: Duration = .seconds(300)
    /// How long a connection that is not used is kept: routers forget silent ones, without telling either end.
    var idle: Duration = .seconds(60)
}
