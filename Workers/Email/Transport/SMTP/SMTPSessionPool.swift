import Platform
import Synchronization

/// The connections to one server that are kept from one mail to the next.
final class SMTPSessionPool: Sendable {
    private let server: SMTPServer
    private let timeouts: SMTPTimeouts
    /// After so many mails a connection is closed: servers that count would close it in the middle of one.
    private let mailsPerConnection: Int
    private let idle = Mutex<[SMTPSession]>([])

    init(to server: SMTPServer, timeouts: SMTPTimeouts, mailsPerConnection: Int) {
        self.server = server
        self.timeouts = timeouts
        self.mailsPerConnection = mailsPerConnection
    }

    /// Blocks until the server has answered for every recipient.
    func send(_ mail: OutgoingMail, _ interruption: Interruption) throws(TransportFailure) -> [DeliveryOutcome] {
        if let kept = takeIdle() {
            do throws(SMTPSession.Failure) {
                return try send(mail, over: kept, interruption)
            } catch {
                // A server may close a kept connection at any time, with a 421 or without a word.
                guard error.foundClosed else { throw error.failure }
            }
        }
        let fresh = try SMTPSession(to: server, timeouts, interruption)
        do throws(SMTPSession.Failure) {
            return try send(mail, over: fresh, interruption)
        } catch {
            throw error.failure
        }
    }

    private func send(
        _ mail: OutgoingMail, over session: SMTPSession, _ interruption: Interruption
    ) throws(SMTPSession.Failure) -> [DeliveryOutcome] {
        defer { giveBack(session) }
        return try session.send(mail, interruption)
    }

    /// The one used last, which the server is the least likely to have closed meanwhile.
    private func takeIdle() -> SMTPSession? {
        let now = MonotonicTime.now
        let (session, old) = idle.withLock { idle -> (SMTPSession?, [SMTPSession]) in
            let old = idle.filter { $0.lastUsed + timeouts.idle < now }
            idle.removeAll { $0.lastUsed + timeouts.idle < now }
            return (idle.popLast(), old)
        }
        for session in old { session.quit() }
        return session
    }

    private func giveBack(_ session: SMTPSession) {
        if session.isUsable, session.mails < mailsPerConnection {
            idle.withLock { $0.append(session) }
        } else {
            session.quit()
        }
    }
}
