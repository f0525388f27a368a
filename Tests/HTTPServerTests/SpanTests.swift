import HTTPServer
import Platform
import TestSupport
import Testing
import Tracing

@Suite("Requests as traces show them", .timeLimit(.minutes(1)))
struct SpanTests {
    private static let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    private func spans(_ count: Int, of tracer: Tracer, _ test: TestServer) async throws -> [FinishedSpan] {
        try await eventually("\(count) spans are there") { tracer.queue.count >= count }
        return await tracer.queue.next(by: .now, on: test.loop)
    }

    @Test func `a request stands below the span of its client, and says by which route and how it ended`() async throws
    {
        let tracer = Tracer()
        try await TestServer.with(gatekeeper: NamedGate(), tracer: tracer) { test in
            let fields = "Authorization: Bearer operator\r\ntraceparent: \(Self.parent)\r\ntracestate: rojo=1\r\n"
            _ = try await test.ask(
                "POST /staff/ada@school.example?token=abc HTTP/1.1\r\nHost: test\r\nX-Request-Id: r-7\r\n\(fields)"
                    + "Content-Length: 0\r\n\r\n")
            let span = try #require(try await spans(1, of: tracer, test).first)
            let parent = try #require(TraceContext(traceparent: Self.parent, tracestate: "rojo=1"))
            #expect(span.name == "POST /staff/{id}" && span.kind == .server)
            #expect(span.parent == parent && span.hasRemoteParent && span.context.traceID == parent.traceID)
            #expect(span.context.state == "rojo=1" && span.began <= span.ended && span.errorType == nil)
            #expect(
                span.attributes == [
                    SpanAttribute("http.request.method", "POST"), SpanAttribute("http.route", "/staff/{id}"),
                    SpanAttribute("url.scheme", "http"), SpanAttribute("coursework.request.id", "r-7"),
                    SpanAttribute("http.response.status_code", 200),
                ])
        }
    }

    @Test func `what it calls stands below it, and only the server's own errors are errors`() async throws {
        let tracer = Tracer()
        try await TestServer.with(gatekeeper: NamedGate(), tracer: tracer) { test in
            for path in ["/staff/calls", "/staff/fails", "/staff/refuses"] {
                _ = try await test.get(path, fields: "Authorization: Bearer operator\r\n")
            }
            let all = try await spans(4, of: tracer, test)
            let requests = all.filter { $0.kind == .server }
            let errors = Dictionary(uniqueKeysWithValues: requests.map { ($0.name, $0.errorType) })
            #expect(errors == ["GET /staff/calls": nil, "GET /staff/fails": "500", "GET /staff/refuses": nil])
            let call = try #require(all.first { $0.name == "ask" })
            #expect(call.parent == requests.first { $0.name == "GET /staff/calls" }?.context)
            #expect(requests.allSatisfy { $0.parent == nil && !$0.hasRemoteParent })
        }
    }

    /// Else whoever can reach the server decides what the collector gets.
    @Test func `what anybody may ask for has none, nor has who is not let in, nor what is not sampled`() async throws {
        let tracer = Tracer()
        try await TestServer.with(gatekeeper: NamedGate(), tracer: tracer) { test in
            let sampled = "traceparent: \(Self.parent)\r\n"
            _ = try await test.get("/now", fields: sampled)
            _ = try await test.get("/staff/calls", fields: sampled)
            _ = try await test.get(
                "/staff/calls", fields: "Authorization: Bearer operator\r\ntraceparent: \(Self.parent.dropLast())0\r\n")
            _ = try await test.get("/staff/refuses", fields: "Authorization: Bearer operator\r\n")
            try await eventually("all are logged, which comes after") {
                test.log.lines.filter { $0.message == "request" }.count == 4
            }
            let told = try await spans(1, of: tracer, test)
            #expect(told.map(\.name) == ["GET /staff/refuses"])
        }
    }
}
