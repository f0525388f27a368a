internal import Platform
internal import Synchronization

/// All connections that are open. Their sockets are closed only after they have left this list.
final class ConnectionList: Sendable {
    private let open = Mutex<[ObjectIdentifier: OpenConnection]>([:])

    func add(_ connection: OpenConnection) { open.withLock { $0[ObjectIdentifier(connection)] = connection } }

    func remove(_ connection: OpenConnection) {
        _ = open.withLock { $0.removeValue(forKey: ObjectIdentifier(connection)) }
    }

    /// Cuts those that are late.
    /// - Returns: the exchanges whose handlers are late.
    func check(at now: MonotonicTime) -> [Exchange] {
        open.withLock { open in open.values.compactMap { $0.check(at: now) } }
    }

    /// The exchanges whose handlers are at work.
    var exchanges: [Exchange] { open.withLock { open in open.values.compactMap(\.exchange) } }

    /// The answers that go on, and to whom.
    var streams: [OpenStream] { open.withLock { open in open.values.compactMap(\.stream) } }

    /// Whether a request is being read or answered.
    var hasRequests: Bool { open.withLock { open in open.values.contains { $0.hasRequest } } }

    /// Whether a request is being answered.
    var hasAnswers: Bool { open.withLock { open in open.values.contains { $0.hasAnswer } } }

    func closeIdle() { open.withLock { open in for connection in open.values { connection.closeIfIdle() } } }
}
