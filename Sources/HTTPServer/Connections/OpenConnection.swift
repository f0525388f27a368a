internal import Glibc
internal import Platform
internal import Synchronization

/// A client's connection: what it is expected to do next, and until when.
///
/// libmicrohttpd counts the time since the last byte, so that a client which sends a byte a second could stay for ever.
/// Here each phase of a request has a deadline as a whole.
final class OpenConnection: Sendable {
    enum Phase {
        /// Nothing of a request has come.
        case idle
        case head
        case body
        /// The handler is at work.
        case answering(Exchange)
        case sending
        /// An answer that goes on.
        case streaming(OpenStream)
        /// Given up: whatever still comes on it is not answered.
        case cut
    }

    private struct State {
        var phase = Phase.idle
        var deadline: MonotonicTime
    }

    let client: String
    let daemon: Daemon
    private let socket: Int32
    /// Then nothing goes past the library.
    private let isEncrypted: Bool
    private let state: Mutex<State>

    /// - Parameter socket: open for as long as a ``ConnectionList`` holds the connection.
    init(socket: Int32, client: String, isEncrypted: Bool, daemon: Daemon, deadline: MonotonicTime) {
        self.socket = socket
        self.client = client
        self.daemon = daemon
        self.isEncrypted = isEncrypted
        state = Mutex(State(deadline: deadline))
    }

    /// False when it has been cut: then nothing may follow.
    func enter(_ phase: Phase, until deadline: MonotonicTime) -> Bool {
        state.withLock { state in
            if case .cut = state.phase { return false }
            state = State(phase: phase, deadline: deadline)
            return true
        }
    }

    /// Cuts it when it is late, and answers first where somebody may still listen.
    /// - Returns: the exchange whose handler is late.
    func check(at now: MonotonicTime) -> Exchange? {
        state.withLock { state in
            guard state.deadline <= now else { return nil }
            switch state.phase {
            case .answering(let exchange):
                state.deadline = .distantFuture
                return exchange
            case .head, .body: cut(&state, saying: .requestTimeout)
            case .idle, .sending: cut(&state)
            case .streaming(let open): if open.stream.wasTooSlow { cut(&state) }
            case .cut: break
            }
            return nil
        }
    }

    /// The exchange whose handler is at work.
    var exchange: Exchange? {
        state.withLock { state in
            if case .answering(let exchange) = state.phase { exchange } else { nil }
        }
    }

    /// The answer that goes on.
    var stream: OpenStream? {
        state.withLock { state in
            if case .streaming(let open) = state.phase { open } else { nil }
        }
    }

    var hasRequest: Bool {
        state.withLock { state in
            switch state.phase {
            case .head, .body, .answering, .sending: true
            // It has no end of its own: nobody waits for that.
            case .idle, .streaming, .cut: false
            }
        }
    }

    var hasAnswer: Bool {
        state.withLock { state in
            switch state.phase {
            case .answering, .sending, .streaming: true
            case .idle, .head, .body, .cut: false
            }
        }
    }

    /// For a server that stops.
    func closeIfIdle() {
        state.withLock { state in
            if case .idle = state.phase { cut(&state) }
        }
    }

    /// While a body comes, libmicrohttpd takes no answer: this one goes past it, and the connection is over.
    func refuseBody(saying status: HTTPStatus) {
        state.withLock { state in
            if case .body = state.phase { cut(&state, saying: status) }
        }
    }

    private func cut(_ state: inout State, saying status: HTTPStatus? = nil) {
        state.phase = .cut
        if let status, !isEncrypted {
            let bytes = Self.lastWords(status)
            _ = send(socket, bytes, bytes.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
        }
        shutdown(socket, Int32(SHUT_RDWR))
    }

    private static func lastWords(_ status: HTTPStatus) -> [UInt8] {
        let problem = Problem(status).json
        let head = """
            HTTP/1.1 \(status.code) \(status.name)\r\nContent-Type: \(Problem.mediaType)\r\n\
            X-Content-Type-Options: nosniff\r\nConnection: close\r\nContent-Length: \(problem.count)\r\n\r\n
            """
        return Array(head.utf8) + problem
    }
}
