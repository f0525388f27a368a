import Jobs
import Synchronization

/// The ways out for mail, tried one after another until one takes the mail.
final class MailRoute: Sendable {
    enum Order: String, Sendable {
        /// The first that works.
        case failover
        /// Another one first each time.
        case roundRobin = "round-robin"
    }

    /// None of the ways took the mail.
    struct Closed: Error {
        /// One for each, in the order they were tried: ``TransportFailure`` or `CircuitOpen`.
        let failures: [any Error]
    }

    private let ways: [MailWay]
    private let order: Order
    private let turn = Atomic<Int>(0)

    /// - Parameter transports: at least one.
    init(_ transports: [any MailTransport], order: Order = .failover) {
        precondition(!transports.isEmpty, "mail needs a way out")
        ways = transports.map { MailWay($0, isOnly: transports.count == 1) }
        self.order = order
    }

    /// Whether mail leaves this machine.
    var isRemote: Bool { ways.contains { $0.isRemote } }

    var names: [String] { ways.map(\.name) }

    /// In the order in which they are configured.
    var transports: [any MailTransport] { ways.map(\.transport) }

    /// - Throws: ``Closed``, or `CancellationError`.
    func send(_ mail: OutgoingMail, _ context: JobContext) async throws -> Delivery {
        var failures: [any Error] = []
        for way in nextOrder() {
            do {
                return try await way.send(mail, context)
            } catch TransportFailure.cancelled {
                throw CancellationError()
            } catch {
                failures.append(error)
            }
        }
        throw Closed(failures: failures)
    }

    private func nextOrder() -> [MailWay] {
        guard order == .roundRobin else { return ways }
        let first = turn.wrappingAdd(1, ordering: .relaxed).oldValue
        return ways.indices.map { ways[(first &+ $0) % ways.count] }
    }
}
