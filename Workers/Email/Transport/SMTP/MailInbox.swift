import Synchronization

/// Mails on their way to the event loop. While all connections are busy nobody wakes it for one more: it looks in here
/// whenever a server has answered, and waking it costs more than sending.
final class MailInbox: Sendable {
    private struct State {
        var mails: [PendingMail] = []
        var mustWake = true
    }

    private let state = Mutex(State())

    /// - Returns: whether the loop must be woken for it.
    func add(_ mail: PendingMail) -> Bool {
        state.withLock { state in
            state.mails.append(mail)
            defer { state.mustWake = false }
            return state.mustWake || mail.isCancelled
        }
    }

    /// - Parameter mustWake: whether the loop must be woken for the next mail, when none is left now.
    func takeAll(thenWaking mustWake: Bool) -> [PendingMail] {
        state.withLock { state in
            if state.mails.isEmpty { state.mustWake = mustWake }
            defer { state.mails.removeAll(keepingCapacity: true) }
            return state.mails
        }
    }
}
