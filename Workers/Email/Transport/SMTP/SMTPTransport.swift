/// Hands mail to an SMTP server over connections that are kept and used again.
final class SMTPTransport: MailTransport {
    let name: String
    let isRemote = true
    private let server: SMTPServer
    private let sessions: SMTPSessionPool
    private let lanes: ConnectionLanes
    /// Where its mail returns to; nil: to its sender.
    private let returnPath: ReturnPath?

    /// - Parameters:
    ///   - name: by default made of the server's.
    ///   - connections: how many mails are on their way at once; each connection is opened when it is first needed.
    ///   - patience: how long a mail waits for one of them while none gets free.
    ///   - returnPath: where its mail returns to; nil: to its sender.
    init(
        name: String? = nil, server: SMTPServer, connections: Int, mailsPerConnection: Int = 100,
        timeouts: SMTPTimeouts = SMTPTimeouts(), patience: Duration = .seconds(5),
        returnPath: ReturnPath? = nil
    ) {
        self.name = name ?? "smtp:\(server.host)"
        self.server = server
        self.returnPath = returnPath
        sessions = SMTPSessionPool(to: server, timeouts: timeouts, mailsPerConnection: mailsPerConnection)
        lanes = ConnectionLanes(label: "coursework.email.smtp", width: connections, patience: patience)
    }

    func send(_ mail: OutgoingMail) async throws(TransportFailure) -> Delivery {
        let mail = mail.returning(to: returnPath)
        let outcomes = try await lanes.run(isBulk: mail.isBulk) { [sessions] interruption throws(TransportFailure) in
            try sessions.send(mail, interruption)
        }
        return Delivery(place: "\(server)", outcomes: outcomes)
    }

    func probe() async throws(TransportFailure) -> String { try await server.probe() }
}
