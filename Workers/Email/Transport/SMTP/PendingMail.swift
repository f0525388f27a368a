import Platform
import Synchronization

/// A mail that waits for a connection, or is on its way over one.
final class PendingMail: Sendable {
    typealias End = Result<[DeliveryOutcome], TransportFailure>

    /// Where it is; only the event loop of its connections asks, and moves it.
    enum Place {
        /// Not looked at yet.
        case inbox
        case queue
        case lane(Int)
        case ended
    }

    let mail: OutgoingMail
    nonisolated(unsafe) var place = Place.inbox
    /// Whether it has met a kept connection that the server had closed: it goes over a new one, and once.
    nonisolated(unsafe) var needsNewConnection = false
    private let promise = Promise<End>()
    private let cancelled = Atomic(false)

    init(_ mail: OutgoingMail) { self.mail = mail }

    var isCancelled: Bool { cancelled.load(ordering: .relaxed) }

    func cancel() { cancelled.store(true, ordering: .relaxed) }

    var hasEnded: Bool { if case .ended = place { true } else { false } }

    /// Only the loop calls it.
    func end(_ end: End) {
        place = .ended
        promise.complete(with: end)
    }

    func wait() async -> End { await promise.wait() }
}
