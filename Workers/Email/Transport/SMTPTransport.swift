import Platform
import Synchronization

/// Hands mail to an SMTP server over connections that are kept and used again.
final class SMTPTransport: MailTransport {
    private let server: SMTPServer
    /// As wide as the pool: a mail never waits for a connection while it holds a thread.
    private let executor: BlockingExecutor
    private let idle = Mutex<[SMTPConnection]>([])

    /// Opens up to `connections` connections, each when it is first needed.
    init(server: SMTPServer, connections: Int) {
        self.server = server
        executor = BlockingExecutor(label: "coursework.email.smtp", width: connections)
    }

    var dependency: String? { "smtp:\(server.host)" }

    @discardableResult
    func send(_ mail: OutgoingMail) async throws(MailFailure) -> String {
        try await withTaskExecutorPreference(executor) { () throws(MailFailure) in
            try withConnection { connection throws(MailFailure) in try connection.send(mail) }
        }
        return "\(server)"
    }

    /// The connection last used is the one least likely to have been closed by the server meanwhile.
    private func withConnection(_ body: (SMTPConnection) throws(MailFailure) -> Void) throws(MailFailure) {
        let connection = try takeConnection()
        defer { idle.withLock { $0.append(connection) } }
        try body(connection)
    }

    private func takeConnection() throws(MailFailure) -> SMTPConnection {
        if let kept = idle.withLock({ $0.popLast() }) { return kept }
        return try SMTPConnection(to: server)
    }
}
