import Platform
import Synchronization

/// Hands mail to an SMTP server over connections that are kept and used again.
final class SMTPTransport: MailTransport {
    let name: String
    let isRemote = true
    private let server: SMTPServer
    private let place: String
    /// Where its mail returns to; nil: to its sender.
    private let returnPath: ReturnPath?
    private let connect: @Sendable () throws(SystemError) -> SMTPConnections
    /// Made with the first mail: a process that sends none has no thread for it.
    private let connections = Mutex<SMTPConnections?>(nil)

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
        place = "\(server)"
        connect = { () throws(SystemError) in
            try SMTPConnections(
                to: server, count: connections, mailsPerConnection: mailsPerConnection, timeouts: timeouts,
                patience: patience)
        }
    }

    func send(_ mail: OutgoingMail) async throws(TransportFailure) -> Delivery {
        Delivery(place: place, outcomes: try await connected().send(mail.returning(to: returnPath)))
    }

    func probe() async throws(TransportFailure) -> String { try await server.probe() }

    /// How many mails wait for a connection.
    var waitingCount: Int { get async { await connections.withLock { $0 }?.waitingCount ?? 0 } }

    private func connected() throws(TransportFailure) -> SMTPConnections {
        do throws(SystemError) {
            return try connections.withLock { connections throws(SystemError) in
                if let connections { return connections }
                let made = try connect()
                connections = made
                return made
            }
        } catch {
            throw .unavailable("The mail could not be sent: \(error).")
        }
    }
}
