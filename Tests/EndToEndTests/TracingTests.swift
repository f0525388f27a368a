import Foundation
import Glibc
import ProgramSupport
import TestSupport
import Testing

@Suite("traces", .inTurns)
struct TracingTests {
    private static let traceID = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let configuration = """
        {
            queues: ["emails", "default"], pools: { main: { queues: ["emails", "default"] } },
            workers: { email: { from: "School <no-reply@school.example>" } },
        }
        """

    @Test func `lead from the web tier through the server and a worker to what the job called`() async throws {
        try await Site.with(Self.configuration) { site in
            let collector = try await site.startCollector()
            // Nobody listens on port 1.
            let environment = [
                "OTEL_EXPORTER_OTLP_ENDPOINT": collector.endpoint, "SMTP_URL": "smtp://127.0.0.1:1",
                "COURSEWORK_LOG_LEVEL": "debug",
            ]
            let key = try await site.run("keys", "create", "web", "--role", "producer").output
                .trimmingCharacters(in: .newlines)
            let server = try await site.start("serve", "--listen", "127.0.0.1:0", environment: environment)
            let line = try await server.errors.first(containing: "server ready")
            let address = try #require(line.firstMatch(of: #/"listen":"([^"]+)"/#)?.1)
            let worker = try await site.start("work", environment: environment)
            _ = try await worker.errors.first(containing: #""message":"ready""#)
            let body = #"{"type":"email.send","args":{"to":"ada@school.example","subject":"Hi","text":"Hello"}}"#
            let posted = try await site.run(
                program: "curl",
                [
                    "-sS", "-H", "Authorization: Bearer \(key)", "-H",
                    "traceparent: 00-\(Self.traceID)-00f067aa0ba902b7-01",
                    "-H", "tracestate: rojo=1", "-H", "X-Request-Id: request-7", "--data", body,
                    "http://\(address)/v1/jobs?token=abc",
                ])
            let id = String(try #require(posted.output.firstMatch(of: #/"id":"([^"]+)"/#)?.1, "\(posted)"))
            _ = try await worker.errors.first(containing: #""message":"snoozed""#)

            let request = try await collector.span("POST /v1/jobs")
            let enqueue = try await collector.span("enqueue emails")
            let wait = try await collector.span("wait emails")
            let attempt = try await collector.span("process emails")
            let call = try await collector.span("send mail")
            let spans = [request, enqueue, wait, attempt, call]
            #expect(spans.allSatisfy { $0.trace == Self.traceID && $0.state == "rojo=1" })
            #expect(request.kind == "server" && request.parent == "00f067aa0ba902b7")
            #expect(
                request.attributes == [
                    "http.request.method": "POST", "http.route": "/v1/jobs", "http.response.status_code": "202",
                    "url.scheme": "http", "coursework.request.id": "request-7",
                ])
            #expect(enqueue.kind == "producer" && enqueue.parent == request.span)
            #expect(request.start <= enqueue.start && enqueue.end <= request.end)
            #expect(enqueue.attributes["messaging.message.id"] == id)
            #expect(enqueue.attributes["coursework.request.id"] == "request-7")
            #expect(wait.kind == "internal" && wait.parent == enqueue.span)
            #expect(attempt.kind == "consumer" && attempt.parent == enqueue.span)
            #expect(attempt.links.count == 1 && attempt.links[0].contains("-\(enqueue.span)-"))
            #expect(attempt.attributes["coursework.job.type"] == "email.send")
            #expect(attempt.attributes["coursework.outcome"] == "snoozed")
            #expect(call.kind == "client" && call.parent == attempt.span && call.status == 2)
            #expect(call.attributes["error.type"] == "TransportFailure")
            #expect(enqueue.resource["service.name"] == "coursework" && enqueue.resource["process.command"] == "serve")
            #expect(enqueue.start <= wait.start + 1_000_000_000 && wait.end <= attempt.end)

            let ended = (try await worker.end(), try await server.end())
            #expect(ended.0.exit == .code(0) && ended.1.exit == .code(0))
            let ofJob = ended.0.errors.split(separator: "\n").filter { $0.contains(id) }
            #expect(!ofJob.isEmpty && ofJob.allSatisfy { $0.contains(#""trace_id":"\#(Self.traceID)""#) }, "\(ofJob)")
            let ofRequest = ended.1.errors.split(separator: "\n").filter { $0.contains("request-7") }
            #expect(!ofRequest.isEmpty && ofRequest.allSatisfy { $0.contains(Self.traceID) }, "\(ofRequest)")
            let everything = ended.0.errors + ended.1.errors + collector.program.output.text
            for secret in ["ada@", "token=abc", "Hello", key] { #expect(!everything.contains(secret), "\(secret)") }
        }
    }

    @Test func `doctor says whether the collector takes spans`() async throws {
        try await Site.with { site in
            let collector = try await site.startCollector()
            let found = try await site.run("doctor", environment: ["OTEL_EXPORTER_OTLP_ENDPOINT": collector.endpoint])
            #expect(found.output.contains("ok       tracing: \(collector.endpoint) takes spans.\n"), "\(found)")
            let refusing = try await site.startCollector(#"{"always":401}"#)
            let refused = try await site.run(
                "doctor", environment: ["OTEL_EXPORTER_OTLP_ENDPOINT": refusing.endpoint])
            #expect(refused.output.contains("takes no spans (it answered 401): they are lost."), "\(refused)")
            let away = try await site.run("doctor", environment: ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1"])
            #expect(away.output.contains("warning  tracing: http://127.0.0.1:1 takes no spans"), "\(away)")
            #expect(away.exit == .code(0))
            let none = try await site.run("doctor")
            #expect(!none.output.contains("tracing"))
        }
    }

    @Test func `--log-level wins over the configuration, also in what is started`() async throws {
        try await Site.with { site in
            let quiet = try await site.start(
                "supervise", "--log-level", "notice", environment: ["COURSEWORK_LOG_LEVEL": "debug"])
            _ = try await quiet.errors.first(containing: #""message":"ready""#)
            let token = try await site.add(
                "email.send", #"{"to":"ada@school.example","subject":"H","text":"H"}"#, to: "emails")
            #expect(try await site.end(of: token, in: "emails") == "done")
            let ended = try await quiet.end()
            #expect(
                !ended.errors.contains(#""level":"info""#) && !ended.errors.contains(#""level":"debug""#), "\(ended)")
            let wrong = try await site.run("work", "--log-level", "loud")
            #expect(
                wrong.exit == .code(64) && wrong.errors.contains("--log-level must be one of debug, info"), "\(wrong)")
        }
    }
}
