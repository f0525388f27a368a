/// Hands mail to an SMTP server over connections that are kept and used again.
final class SMTPTransport: MailTransport {
    let name: String
    let isRemote = true
    private let server: SMTPServer
    private let sessions: SMTPSessionPool
    private let lanes: ConnectionLanes

    /// - Parameters:
    ///   - name: by default made of the server's.
    ///   - connections: how many mails are on their way at once; each connection is opened when it is first needed.
    ///   - patience: how long a mail waits for one of them while none gets free.
    init(
        name: String? = nil, server: SMTPServer, connections: Int, mailsPerConnection: Int = 100,
        timeouts: SMTPTimeouts = SMTPTimeouts(), patience: Duration = .seconds(5)
    ) {
        self.name = name ?? "smtp:\(server.host)"
        self.server = server
        sessions = SMTPSessionPool(to: server, timeouts: timeouts, mailsPerConnection: mailsPerConnection)
        lanes = ConnectionLanes(label: "coursework.email.smtp", width: connections, patience: patience)
    }

    func send(_ mail: OutgoingMail) async throws(TransportFailure) -> Delivery {
        let outcomes = try await lanes.run(isBulk: mail.isBulk) { [sessions] interruption throws(TransportFailure) in
            try sessions.send(mail, interruption)
        }
        return Delivery(place: "\(server)", outcomes: outcomes)
    }
}
