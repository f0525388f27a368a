internal import Logging
internal import Platform
internal import Synchronization
internal import Tracing

/// One request and its answer.
///
/// The server's thread drives it from the request's first line to the end of the answer. A handler that takes its time
/// gives the answer from any thread, once. Until then the library asks for it at each of its turns, which costs less than
/// to suspend the connection when the answer comes soon, and more when it does not.
final class Exchange: Sendable, LogSubject {
    /// What the server's thread does next.
    enum Step {
        /// Wait for more of the request.
        case read
        case answer(HTTPResponse)
        case call(RouteHandler, HTTPRequest)
        /// Leave the request where it is: its handler is at work.
        case wait
        /// The body is too large, or there is no room for it now.
        case refuse(HTTPStatus)
    }

    private enum Stage {
        case line
        case body
        /// Nobody has to be asked: the answer is there before the request is.
        case decided(HTTPResponse)
        /// The handler is at work, in this task once it is known.
        case waiting(Task<Void, Never>?, isSuspended: Bool)
        case answered(HTTPResponse)
        case over
    }

    let target: [UInt8]
    let connection: OpenConnection
    let begun = MonotonicTime.now
    private let handle: ConnectionHandle
    private let state = Mutex(State())

    private struct State {
        var stage = Stage.line
        /// While the body comes. In one place, where it grows: it is not copied from stage to stage.
        var request: HTTPRequest?
        var route: Route?
        var account = ExchangeAccount()
        var bodyBytes = 0
        var span: ServerSpan?
    }

    init(target: [UInt8], connection: OpenConnection, handle: ConnectionHandle) {
        self.target = target
        self.connection = connection
        self.handle = handle
    }

    // MARK: On the server's thread

    var hasBegun: Bool {
        state.withLock { state in
            if case .line = state.stage { false } else { true }
        }
    }

    /// The head is complete.
    func begin(
        _ head: RequestHead, _ router: Router, _ gatekeeper: any Gatekeeper, _ limit: Int, _ tracer: Tracer?
    ) -> Step {
        state.withLock { state in
            state.account.id = head.id
            state.account.method = head.method
            switch head.decide(router, gatekeeper, limit) {
            case .serve(var request, let route):
                if let tracer, route.role != .public {
                    state.span = ServerSpan(tracer, below: request.trace)
                    request.span = state.span?.current
                }
                state.account.principal = request.principal
                state.account.route = route.pattern
                state.account.traceID = (request.span?.context ?? request.trace)?.traceID
                (state.request, state.route) = (request, route)
                state.stage = .body
                return .read
            case .refuse(let response):
                // An answer before a request's end is the connection's last one: only bodies are worth that.
                state.stage = .decided(response)
                return head.hasBody ? .answer(response) : .read
            }
        }
    }

    /// Another piece of the body.
    func add(_ piece: UnsafeRawBufferPointer, limit: Int, budget: ByteBudget) -> Step {
        state.withLock { state in
            guard case .body = state.stage, let route = state.route else { return .read }
            guard state.bodyBytes + piece.count <= min(limit, route.bodyBytes) else {
                state.stage = .over
                return .refuse(.contentTooLarge)
            }
            guard budget.take(piece.count) else {
                state.stage = .over
                return .refuse(.serviceUnavailable)
            }
            state.bodyBytes += piece.count
            state.request?.body.append(contentsOf: piece)
            return .read
        }
    }

    /// The request is complete, or its answer is there.
    func proceed() -> Step {
        state.withLock { state in
            switch state.stage {
            case .decided(let response), .answered(let response): return .answer(response)
            case .body:
                guard let request = state.request.take(), let route = state.route.take() else { break }
                state.stage = .waiting(nil, isSuspended: false)
                return .call(route.handler, request)
            case .waiting: return .wait
            case .line, .over: break
            }
            return .answer(.problem(.internalServerError))
        }
    }

    /// Takes the connection away from the library until the answer is there. Only within the callback for the request.
    func suspend() {
        state.withLock { state in
            guard case .waiting(let task, isSuspended: false) = state.stage else { return }
            // Under the lock: whoever answers finds the connection at rest.
            handle.suspend()
            state.stage = .waiting(task, isSuspended: true)
        }
    }

    var logFields: [LogField] { account.subject }

    /// Of the request, which is in its answer.
    var id: String { state.withLock { $0.account.id } }

    /// For the log.
    var account: ExchangeAccount { state.withLock { $0.account } }

    func note(status: HTTPStatus, bytes: Int) {
        state.withLock { state in
            state.account.status = status
            state.account.bytes = bytes
        }
    }

    func note(bytes: Int) { state.withLock { $0.account.bytes = bytes } }

    /// Tells of it, where it is traced.
    func endSpan(scheme: String) {
        let (span, account) = state.withLock { ($0.span, $0.account) }
        span?.end(account, begun: begun, scheme: scheme)
    }

    /// - Returns: how many bytes of the body's budget are free again.
    func end() -> Int {
        state.withLock { state in
            state.stage = .over
            return state.bodyBytes
        }
    }

    // MARK: On any thread

    /// The task that runs the handler.
    func keep(_ task: Task<Void, Never>) {
        state.withLock { state in
            if case .waiting(_, let isSuspended) = state.stage {
                state.stage = .waiting(task, isSuspended: isSuspended)
            }
        }
    }

    /// Gives the answer. The first one counts.
    func answer(_ response: HTTPResponse) {
        let waited: (task: Task<Void, Never>?, isSuspended: Bool)? = state.withLock { state in
            guard case .waiting(let task, let isSuspended) = state.stage else { return nil }
            state.stage = .answered(response)
            return (task, isSuspended)
        }
        guard let waited else { return }
        if waited.isSuspended { handle.resume() } else { connection.daemon.runSoon() }
        waited.task?.cancel()
    }
}
