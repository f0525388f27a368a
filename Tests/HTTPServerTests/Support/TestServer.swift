import HTTPServer
import Logging
import Platform
import Synchronization
import TestSupport
import Tracing

/// A server of one test alone.
struct TestServer: Sendable {
    let server: HTTPServer
    let log: CollectedLog
    let gate: HandlerGate
    let loop: EventLoop

    /// - Parameter change: of the options; a body may have 1,000 bytes.
    static func with(
        _ change: (inout HTTPServerOptions) -> Void = { _ in }, gatekeeper: any Gatekeeper = ClosedGate(),
        tracer: Tracer? = nil, _ body: (TestServer) async throws -> Void
    ) async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        var options = HTTPServerOptions(host: "127.0.0.1", port: 0)
        options.bodyBytes = 1000
        // A busy machine may keep a test waiting.
        (options.headTimeout, options.bodyTimeout) = (.seconds(120), .seconds(120))
        change(&options)
        let (log, gate) = (CollectedLog(), HandlerGate())
        let server = try HTTPServer(
            Router(routes(gate)), options, gatekeeper: gatekeeper, loop: loop, logger: log.logger(), tracer: tracer)
        do {
            try await body(TestServer(server: server, log: log, gate: gate, loop: loop))
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    func newClient() throws -> HTTPClient { try HTTPClient(port: server.port) }

    /// Sends a request on a connection of its own.
    func ask(_ text: String, bodiless: Bool = false) async throws -> HTTPAnswer {
        let client = try newClient()
        await client.send(text)
        guard let answer = try await client.answer(bodiless: bodiless) else { throw TestFailure("closed: \(text)") }
        return answer
    }

    /// The answer without what tells one request from another.
    func trace(_ text: String) async throws -> String {
        let answer = try await ask(text)
        return "\(answer.status) \(answer["www-authenticate"] ?? "") \(answer["allow"] ?? "") \(answer.body)"
    }

    func get(_ target: String, fields: String = "") async throws -> HTTPAnswer {
        try await ask("GET \(target) HTTP/1.1\r\nHost: test\r\n\(fields)\r\n")
    }

    private static func routes(_ gate: HandlerGate) -> [Route] {
        [
            Route(.get, "/now", role: .public, "Answers at once.", .immediate { _ in .text("now") }),
            Route(.get, "/later", role: .public, "Answers when it is let.", .awaiting { _ in await gate.pass() }),
            Route(.get, "/fails", role: .public, "Throws.", .awaiting { _ in throw TestFailure("the secret reason") }),
            Route(.get, "/reply/{text}", role: .public, "Replies from another thread.", .replying(reply)),
            Route(.get, "/reply/at/once", role: .public, "Replies at once.", .replying(replyAtOnce)),
            Route(
                .get, "/reply/at/last", role: .public, "Replies when it is let.",
                .replying { _, reply in Task { reply.send(await gate.pass()) } }),
            Route(.get, "/reply/by/whom", role: .public, "Names the thread.", .replying(replyByWhom)),
            Route(.get, "/echo/{text}", role: .public, "Echoes.", .immediate { .text($0.parameters["text"]) }),
            Route(.get, "/query", role: .public, "Echoes.", .immediate { .text($0.query["q"] ?? "nothing") }),
            Route(
                .post, "/body", role: .public, "Echoes.", .immediate { .text(String(decoding: $0.body, as: UTF8.self)) }
            ),
            Route(
                .post, "/long/body", role: .public, bodyBytes: .max, "Echoes.",
                .awaiting { .text(String(decoding: $0.body, as: UTF8.self)) }),
            Route(.post, "/slow/body", role: .public, "Echoes.", .awaiting { .text("\($0.body.count)") }),
            Route(
                .get, "/staff", role: .admin, "Says to whom.", .immediate { .text("secret of \($0.principal.name)") }),
            Route(
                .get, "/staff/calls", role: .operator, "Calls another server.",
                .awaiting { _ in
                    await OutsideCall.during("ask", .client, []) {}
                    return .text("called")
                }),
            Route(.get, "/staff/fails", role: .operator, "Throws.", .awaiting { _ in throw TestFailure("a reason") }),
            Route(.get, "/staff/refuses", role: .operator, "Answers 404.", .immediate { _ in .problem(.notFound) }),
            Route(.post, "/staff/{id}", role: .operator, "Echoes.", .immediate { .text($0.parameters["id"]) }),
        ]
    }

    private static func reply(_ request: HTTPRequest, _ reply: HTTPReply) {
        Task { reply.send(.text(request.parameters["text"])) }
    }

    private static func replyByWhom(_ request: HTTPRequest, _ reply: HTTPReply) {
        reply.send(.text("\(ObjectIdentifier(reply.loop))"))
    }

    private static func replyAtOnce(_ request: HTTPRequest, _ reply: HTTPReply) {
        reply.send(.text("once"))
        reply.send(.text("twice"))
    }
}

extension HTTPResponse {
    static func text(_ text: String) -> Self { Self(.ok, "text/plain; charset=utf-8", Array(text.utf8)) }
}
