import Jobs
import MailRecord
import Platform
import PostgresClient
import Synchronization

/// A transport that is warmed up: it takes no more mail in a day than its ``MailWarmUp`` grants.
final class WarmingTransport: MailTransport {
    private struct State {
        var isOver = false
        /// Until then the database is not asked again, for bulk and for what somebody waits for.
        var closed: [Bool: MonotonicTime] = [:]
    }

    private let transport: any MailTransport
    /// Nil where no database is configured.
    private let warmUp: MailWarmUp?
    private let state = Mutex(State())

    init(_ transport: any MailTransport, _ warmUp: MailWarmUp?) {
        self.transport = transport
        self.warmUp = warmUp
    }

    var name: String { transport.name }
    var isRemote: Bool { transport.isRemote }

    func send(_ mail: OutgoingMail) async throws(TransportFailure) -> Delivery {
        guard let warmUp else { throw Self.notCounted("there is no database; set DATABASE_URL") }
        guard !state.withLock(\.isOver) else { return try await transport.send(mail) }
        let isCounted = try await take(mail, warmUp)
        do throws(TransportFailure) {
            return try await transport.send(mail)
        } catch {
            if isCounted { await giveBack(mail, warmUp) }
            throw error
        }
    }

    func probe() async throws(TransportFailure) -> String {
        guard let warmUp else { throw Self.notCounted("there is no database; set DATABASE_URL") }
        let found = try await transport.probe()
        do {
            guard let today = try await warmUp.today() else { return "\(found) Its warm-up is over." }
            return "\(found) It is warmed up: \(today.sent) of \(today.allowance) mails today."
        } catch { throw Self.notCounted("\(error)") }
    }

    /// - Returns: false when the warm-up is over.
    private func take(_ mail: OutgoingMail, _ warmUp: MailWarmUp) async throws(TransportFailure) -> Bool {
        let now = MonotonicTime.now
        if let closed = state.withLock({ $0.closed[mail.isBulk] }), closed > now {
            throw Self.spent(for: closed.since(now))
        }
        let answer: MailWarmUp.Answer
        do { answer = try await warmUp.take(mail.recipients.count, isBulk: mail.isBulk) } catch is CancellationError {
            throw .cancelled
        } catch { throw Self.notCounted("\(error)") }
        switch answer {
        case .granted: return true
        case .isOver:
            state.withLock { $0.isOver = true }
            return false
        case .refused(_, let nextDay):
            // A mail to several may have been one too many, so others are asked for soon.
            if mail.recipients.count == 1 {
                state.withLock { $0.closed[mail.isBulk] = now + min(nextDay, .seconds(60)) }
            }
            throw Self.spent(for: nextDay)
        }
    }

    /// A day whose count is a little too high is no harm.
    private func giveBack(_ mail: OutgoingMail, _ warmUp: MailWarmUp) async {
        try? await warmUp.giveBack(mail.recipients.count)
    }

    private static func notCounted(_ why: String) -> TransportFailure {
        .spent("The mails of the transport's warm-up cannot be counted: \(why).", retryAfter: .seconds(30))
    }

    /// Not all that wait come back at once.
    private static func spent(for wait: Duration) -> TransportFailure {
        .spent(
            "The transport is being warmed up, and has sent what it may today.",
            retryAfter: wait + .seconds(Int64.random(in: 0...600)))
    }
}
