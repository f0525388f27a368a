internal import Logging
internal import Platform
internal import Synchronization
internal import Tracing

/// One request and its answer.
///
/// The server's thread drives it from the request's first line to the end of the answer. A handler that takes its time
/// gives the answer from another thread, once; the connection is suspended until then.
final class Exchange: Sendable, LogSubject {
    /// What the server's thread does next.
    enum Step {
        /// Wait for more of the request.
        case read
        case answer(HTTPResponse)
        case call(RouteHandler, HTTPRequest)
        /// The body is too large, or there is no room for it now.
        case refuse(HTTPStatus)
    }

    private enum Stage {
        case line
        case body(HTTPRequest, Route)
        /// Nobody has to be asked: the answer is there before the request is.
        case decided(HTTPResponse)
        /// The handler is at work, in this task once it is known.
        case waiting(Task<Void, Never>?)
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
                state.stage = .body(request, route)
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
            guard case .body(var request, let route) = state.stage else { return .read }
            // The request is the only owner of its body, so that appending does not copy it.
            state.stage = .over
            guard request.body.count + piece.count <= min(limit, route.bodyBytes) else {
                return .refuse(.contentTooLarge)
            }
            guard budget.take(piece.count) else { return .refuse(.serviceUnavailable) }
            state.bodyBytes += piece.count
            request.body.append(contentsOf: piece)
            state.stage = .body(request, route)
            return .read
        }
    }

    /// The request is complete, or its answer is there.
    func proceed() -> Step {
        state.withLock { state in
            switch state.stage {
            case .decided(let response), .answered(let response): return .answer(response)
            case .body(let request, let route):
                state.stage = .waiting(nil)
                return .call(route.handler, request)
            case .line, .waiting, .over: return .answer(.problem(.internalServerError))
            }
        }
    }

    var logFields: [LogField] { account.subject }

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
            if case .waiting = state.stage { state.stage = .waiting(task) }
        }
    }

    /// Gives the answer. The first one counts.
    func answer(_ response: HTTPResponse) {
        let task: Task<Void, Never>?? = state.withLock { state in
            guard case .waiting(let task) = state.stage else { return nil }
            state.stage = .answered(response)
            return task
        }
        guard let task else { return }
        handle.resume()
        task?.cancel()
    }
}
