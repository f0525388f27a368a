import FoundationEssentials
import Jobs
import Logging
import Synchronization
import Tracing

/// A transport, and whether it is worth asking now.
final class MailWay: Sendable {
    /// The server took the mail and its answer is missing: the mail's matter, and a mark against the server.
    private struct Unanswered: Error {
        let delivery: Delivery
    }

    /// A server that told us to stay away is not asked until then.
    private struct Rest {
        let until: Date
        let failure: TransportFailure
    }

    let transport: any MailTransport
    private let isOnly: Bool
    private let rest = Mutex<Rest?>(nil)

    /// - Parameter isOnly: then an account that was refused is tried again as soon as a mail comes: somebody has resumed
    ///   the type. Among others it gets a rest.
    init(_ transport: any MailTransport, isOnly: Bool) {
        self.transport = transport
        self.isOnly = isOnly
    }

    var name: String { transport.name }
    var isRemote: Bool { transport.isRemote }

    /// - Throws: ``TransportFailure``, or `CircuitOpen` while the server is not worth asking.
    func send(_ mail: OutgoingMail, _ context: JobContext) async throws -> Delivery {
        try checkRested(at: context.now)
        do {
            return try await deliver(mail, context)
        } catch let failure as TransportFailure {
            heed(failure, context)
            throw failure
        }
    }

    private func deliver(_ mail: OutgoingMail, _ context: JobContext) async throws -> Delivery {
        guard transport.isRemote else { return try await transport.send(mail) }
        do {
            return try await context.breaker(transport.name).call(countingAsFailure: Self.blamesServer) {
                let transportName = SpanAttribute("coursework.mail.transport", transport.name)
                let delivery = try await OutsideCall.during("send mail", .client, [transportName]) {
                    try await transport.send(mail)
                }
                if delivery.isUnanswered { throw Unanswered(delivery: delivery) }
                return delivery
            }
        } catch let unanswered as Unanswered {
            return unanswered.delivery
        }
    }

    private static func blamesServer(_ error: any Error) -> Bool {
        (error as? TransportFailure)?.blamesServer ?? true
    }

    private func checkRested(at now: Date) throws(TransportFailure) {
        guard let rest = rest.withLock({ $0 }), rest.until > now else { return }
        guard case .exhausted(let reason, _) = rest.failure else { throw rest.failure }
        throw .exhausted(reason, retryAfter: .milliseconds(Int64(rest.until.timeIntervalSince(now) * 1000)))
    }

    private func heed(_ failure: TransportFailure, _ context: JobContext) {
        let fields: [LogField] = [("transport", .string(transport.name)), ("reason", .string("\(failure)"))]
        switch failure {
        case .cancelled: break
        case .spent: context.logger.debug("A transport has sent what it may for now", fields)
        case .unavailable: context.logger.warning("A transport takes no mail", fields)
        case .exhausted(_, let wait):
            context.logger.warning("A transport takes no more mail for now", fields)
            rest(for: wait, failure, context)
        case .loginRefused:
            context.logger.critical("A transport refuses our account; mend its user and password", fields)
            if !isOnly { rest(for: .seconds(10), failure, context) }
        }
    }

    private func rest(for wait: Duration, _ failure: TransportFailure, _ context: JobContext) {
        let until = context.now.addingTimeInterval(Double(wait.milliseconds) / 1000)
        rest.withLock { $0 = Rest(until: until, failure: failure) }
    }
}
