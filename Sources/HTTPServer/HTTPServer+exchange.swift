internal import Logging
internal import Platform
internal import Synchronization
internal import Tracing

/// What the daemon's threads do with an exchange.
extension HTTPServer {
    /// Called for a request when its head is there, for each piece of its body, at its end, and when its answer is there.
    /// - Returns: false to close the connection.
    func drive(
        _ exchange: Exchange, _ handle: ConnectionHandle, _ method: UnsafePointer<CChar>?,
        _ piece: UnsafeRawBufferPointer
    ) -> Bool {
        let step =
            if !exchange.hasBegun {
                begin(exchange, handle, method)
            } else if piece.isEmpty {
                exchange.proceed()
            } else {
                exchange.add(piece, limit: options.bodyBytes, budget: bodyBudget)
            }
        switch step {
        case .read:
            // More may be there than was read at once.
            if piece.count >= Self.largePiece { exchange.connection.daemon.goOn() }
            return true
        case .wait:
            rest(exchange)
            return true
        case .answer(let response): return answer(exchange, handle, response)
        case .call(let handler, let request):
            return LogContext.$subject.withValue(exchange) {
                CurrentSpan.with(request.span) { call(handler, request, exchange, handle) }
            }
        case .refuse(let status):
            exchange.note(status: status, bytes: 0)
            exchange.connection.refuseBody(saying: status)
            return false
        }
    }

    private func call(
        _ handler: RouteHandler, _ request: HTTPRequest, _ exchange: Exchange, _ handle: ConnectionHandle
    ) -> Bool {
        switch handler {
        case .immediate(let handler): return answer(exchange, handle, handler(request))
        case .awaiting(let handler):
            guard enterAnswering(exchange) else { return false }
            exchange.suspend()
            exchange.keep(
                Task(executorPreference: loop) { exchange.answer(await self.response(of: handler, to: request)) })
            return true
        case .replying(let handler):
            guard enterAnswering(exchange) else { return false }
            handler(request, HTTPReply(exchange: exchange))
            guard case .answer(let response) = exchange.proceed() else {
                exchange.connection.daemon.noteWaiting()
                return true
            }
            return answer(exchange, handle, response)
        }
    }

    private static let largePiece = 1024
    /// How long a request waits in place for an answer that comes soon.
    private static let patience = Duration.milliseconds(50)

    private func rest(_ exchange: Exchange) {
        guard MonotonicTime.now.since(exchange.begun) < Self.patience else { return exchange.suspend() }
        exchange.connection.daemon.noteWaiting()
    }

    private func begin(
        _ exchange: Exchange, _ handle: ConnectionHandle, _ method: UnsafePointer<CChar>?
    ) -> Exchange.Step {
        let fields = handle.fields
        let head = RequestHead(
            method: method.flatMap { HTTPMethod(rawValue: String(cString: $0)) }, target: exchange.target,
            fields: fields,
            id: requestIDs.id(fields["X-Request-Id"]), client: exchange.connection.client)
        // When it has been cut, the library finds the socket at its end.
        _ = exchange.connection.enter(.body, until: .now + options.bodyTimeout)
        return exchange.begin(head, router, gatekeeper, options.bodyBytes, tracer)
    }

    private func answer(_ exchange: Exchange, _ handle: ConnectionHandle, _ response: HTTPResponse) -> Bool {
        if let stream = response.stream { return begin(stream, exchange, handle, response) }
        guard exchange.connection.enter(.sending, until: .now + options.sendTimeout) else { return false }
        exchange.note(status: response.status, bytes: response.body.count)
        exchange.connection.daemon.goOn()
        return send(response, exchange, handle)
    }

    private func send(_ response: HTTPResponse, _ exchange: Exchange, _ handle: ConnectionHandle) -> Bool {
        let id = ("X-Request-Id", exchange.id)
        guard isDraining.load(ordering: .relaxed) else { return handle.send(response, securityFields, id) }
        return handle.send(response, securityFields, id, ("Connection", "close"))
    }

    /// What the kernel keeps for a slow reader of a stream, before our own buffer fills.
    private static let streamSendBytes: Int32 = 64 << 10

    private func begin(
        _ stream: ByteStream, _ exchange: Exchange, _ handle: ConnectionHandle, _ response: HTTPResponse
    ) -> Bool {
        let open = OpenStream(
            stream, principal: exchange.account.principal ?? .nobody, credentials: handle.fields.only("Authorization"),
            client: exchange.connection.client)
        // It has no deadline, and is looked at each time.
        guard exchange.connection.enter(.streaming(open), until: MonotonicTime(nanoseconds: 0)) else { return false }
        exchange.note(status: response.status, bytes: 0)
        if isDraining.load(ordering: .relaxed) { stream.end() }
        handle.limitSendBuffer(to: Self.streamSendBytes)
        return send(response, exchange, handle)
    }

    private func enterAnswering(_ exchange: Exchange) -> Bool {
        exchange.connection.enter(.answering(exchange), until: .now + options.answerTimeout)
    }

    private func response(
        of handler: @Sendable (HTTPRequest) async throws -> HTTPResponse, to request: HTTPRequest
    ) async -> HTTPResponse {
        do {
            return try await handler(request)
        } catch {
            let known = error as? HTTPError
            if let cause = known == nil ? error : known?.cause {
                logger.error(
                    "A request could not be answered",
                    [("request_id", .string(request.id)), ("error", .string("\(cause)"))])
            }
            return known?.answer ?? .problem(.internalServerError)
        }
    }

    /// The answer has been sent, or the connection is gone.
    func complete(_ exchange: Exchange) {
        if let stream = exchange.connection.stream?.stream { exchange.note(bytes: stream.close()) }
        bodyBudget.give(exchange.end())
        _ = exchange.connection.enter(.idle, until: .now + options.idleTimeout)
        if tracer != nil { exchange.endSpan(scheme: options.isBehindTLS || options.tls != nil ? "https" : "http") }
        logger.info(
            "request",
            exchange.account.fields(client: exchange.connection.client, took: MonotonicTime.now.since(exchange.begun)))
    }
}
