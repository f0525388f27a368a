import Curl
import Logging
import Platform
import PostgresClient
import Synchronization
import TestSupport
import Testing
import TraceExport
import Tracing

@Suite("Spans on their way to a collector", .timeLimit(.minutes(2)))
struct ExportTests {
    private static let parent = TraceContext(
        traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", tracestate: "rojo=1")

    private func span(
        _ name: String = "a span", _ kind: FinishedSpan.Kind = .internal, below parent: TraceContext? = nil,
        by tracer: Tracer
    ) -> FinishedSpan {
        FinishedSpan(name, kind, tracer.span(below: parent), below: parent, began: 1_000_000_007, ended: 3_000_000_009)
    }

    /// Quick, so that no test waits.
    private var options: SpanExporter.Options {
        var options = SpanExporter.Options()
        (options.gather, options.request, options.tellEvery) = (.milliseconds(20), .seconds(5), .zero)
        return options
    }

    private final class Told: Sendable {
        private let counts = Mutex(SpanExporter.Counts())

        var sum: SpanExporter.Counts { counts.withLock { $0 } }

        func add(_ more: SpanExporter.Counts) -> Bool {
            counts.withLock { counts in
                counts.sent += more.sent
                counts.dropped += more.dropped
            }
            return true
        }
    }

    private func export(
        _ tracer: Tracer, to endpoint: String, _ options: SpanExporter.Options, log: CollectedLog = CollectedLog(),
        told: Told = Told(), _ body: () async throws -> Void
    ) async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        let exporter = SpanExporter(
            of: tracer, to: endpoint, as: [SpanAttribute("service.name", "coursework")], options, loop: loop,
            logger: log.logger(), tell: { told.add($0) })
        try await exporter.whileRunning { try await body() }
    }

    @Test func `OpenTelemetry reads of it what was said`() async throws {
        let parent = try #require(Self.parent)
        try await TestCollector.with { collector in
            let tracer = Tracer()
            var full = span("process emails", .consumer, below: parent, by: tracer)
            full.hasRemoteParent = true
            full.links = [parent]
            full.attributes = [
                SpanAttribute("text", "Grüße\u{0}"), SpanAttribute("number", -7), SpanAttribute("large", 1 << 40),
                SpanAttribute("flag", false), SpanAttribute("empty", ""),
            ]
            full.errorType = "SMTPError"
            let root = span("wait emails", by: tracer)
            let told = Told()
            try await export(tracer, to: collector.endpoint, options, told: told) {
                tracer.record(full)
                tracer.record(root)
                let request = try await collector.next(ReceivedRequest.self)
                #expect(request.request == 2 && request.sane && request.status == 200)
                let first = try await collector.next(ReceivedSpan.self)
                #expect(first.trace == "4bf92f3577b34da6a3ce929d0e0e4736" && first.parent == "00f067aa0ba902b7")
                #expect(first.span == full.context.spanID.description && first.state == "rojo=1")
                #expect(first.name == "process emails" && first.kind == "consumer")
                #expect(first.start == 1_000_000_007 && first.end == 3_000_000_009)
                #expect(
                    first.attributes == [
                        "text": "Grüße\u{0}", "number": "-7", "large": "1099511627776", "flag": "False", "empty": "",
                        "error.type": "SMTPError",
                    ])
                #expect(first.types["number"] == "int_value" && first.types["flag"] == "bool_value")
                #expect(first.links == ["4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-769-rojo=1"])
                #expect(first.events == ["exception 3000000009 {'exception.type': 'SMTPError'}"])
                #expect(first.status == 2 && first.message == "" && first.flags == 0x301)
                #expect(first.resource == ["service.name": "coursework"])
                let second = try await collector.next(ReceivedSpan.self)
                #expect(second.parent == "" && second.kind == "internal" && second.status == 0 && second.flags == 0x101)
                #expect(second.events.isEmpty && second.links.isEmpty && second.attributes.isEmpty)
            }
            #expect(told.sum == SpanExporter.Counts(sent: 2))
        }
    }

    @Test func `the last spans are sent before the process ends`() async throws {
        try await TestCollector.with { collector in
            let (tracer, told) = (Tracer(), Told())
            var options = options
            (options.gather, options.flush) = (.seconds(60), .seconds(20))
            try await export(tracer, to: collector.endpoint, options, told: told) {
                for _ in 0..<1200 { tracer.record(span(by: tracer)) }
            }
            #expect(told.sum == SpanExporter.Counts(sent: 1200))
        }
    }

    @Test func `a collector that is busy is asked again, when it says`() async throws {
        try await TestCollector.with(TestCollector.Options(statuses: [503, 429, 502], retry_after: 0)) { collector in
            let (tracer, told, log) = (Tracer(), Told(), CollectedLog())
            try await export(tracer, to: collector.endpoint, options, log: log, told: told) {
                tracer.record(span(by: tracer))
                for status in [503, 429, 502, 200] {
                    let request = try await collector.next(ReceivedRequest.self)
                    #expect(request.status == status)
                }
                _ = try await collector.next(ReceivedSpan.self)
            }
            #expect(told.sum == SpanExporter.Counts(sent: 1) && log.lines.isEmpty)
        }
    }

    @Test func `what is refused for good is dropped, and told of once a minute`() async throws {
        try await TestCollector.with(TestCollector.Options(always: 401)) { collector in
            let (tracer, told, log) = (Tracer(), Told(), CollectedLog())
            try await export(tracer, to: collector.endpoint, options, log: log, told: told) {
                for number in 1...3 {
                    tracer.record(span(by: tracer))
                    let request = try await collector.next(ReceivedRequest.self)
                    #expect(request.status == 401)
                    try await eventually("it is counted") { told.sum.dropped == number }
                }
            }
            #expect(told.sum == SpanExporter.Counts(dropped: 3))
            #expect(log.lines.count == 1 && log.lines[0].level == .warning)
            #expect(log.lines[0].fields.map(\.value) == [1, "it answered 401"])
        }
    }

    @Test func `a collector that is away costs spans, a bounded number of them waits, and nobody else does`()
        async throws
    {
        let (tracer, told, log) = (Tracer(queue: SpanQueue(room: 100, portion: 40)), Told(), CollectedLog())
        var options = options
        options.deadline = .milliseconds(100)
        let begun = MonotonicTime.now
        // Nobody listens on port 1.
        try await export(tracer, to: "http://127.0.0.1:1", options, log: log, told: told) {
            for _ in 0..<100_000 { tracer.record(span(by: tracer)) }
            #expect(tracer.queue.count <= 100)
            try await eventually("what was in the queue is dropped, too") { told.sum.dropped == 100_000 }
        }
        #expect(MonotonicTime.now.since(begun) < .seconds(20))
        #expect(told.sum.sent == 0)
        #expect(log.lines.count == 1 && log.lines[0].message.hasPrefix("Spans were dropped"))
    }

    @Test func `a collector that hangs holds up neither those who add spans nor the end`() async throws {
        try await TestCollector.with(TestCollector.Options(hang: true)) { collector in
            let tracer = Tracer(queue: SpanQueue(room: 100, portion: 40))
            var options = options
            (options.request, options.flush) = (.seconds(60), .milliseconds(200))
            let end = Mutex(MonotonicTime.now)
            try await export(tracer, to: collector.endpoint, options) {
                for _ in 0..<40 { tracer.record(span(by: tracer)) }
                let request = try await collector.next(ReceivedRequest.self)
                #expect(request.request == 40)
                let begun = MonotonicTime.now
                for _ in 0..<10_000 { tracer.record(span(by: tracer)) }
                #expect(MonotonicTime.now.since(begun) < .seconds(2))
                end.withLock { $0 = .now }
            }
            // The time for the last spans, and that in which libcurl notices.
            #expect(MonotonicTime.now.since(end.withLock { $0 }) < .seconds(5))
        }
    }

    @Test func `what is not sampled is not sent`() {
        let tracer = Tracer(sample: 0)
        tracer.record(span(by: tracer))
        #expect(tracer.queue.count == 0)
    }

    // MARK: Outside calls

    private func spans(of tracer: Tracer) async throws -> [FinishedSpan] {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        return await tracer.queue.next(by: .now, on: loop)
    }

    @Test func `calls of PostgreSQL stand below the span that is under way`() async throws {
        try await withPostgres { postgres in
            let tracer = Tracer()
            let job = tracer.span(below: nil)
            try await CurrentSpan.$value.withValue(CurrentSpan(job, tracer)) {
                try await postgres.client.query("SELECT 'ada@school.example'")
                _ = try? await postgres.client.transaction { _ = try $0.query("SELECT 1/0") }
            }
            try await postgres.client.query("SELECT 1")
            let spans = try await spans(of: tracer)
            #expect(spans.count == 2)
            for span in spans {
                #expect(span.name == "postgresql" && span.kind == .client && span.parent == job)
                #expect(span.context.traceID == job.traceID && span.began <= span.ended)
                #expect(span.attributes.contains(SpanAttribute("db.system.name", "postgresql")))
            }
            #expect(spans.map(\.errorType) == [nil, "PostgresError"])
            #expect(!"\(spans)".contains("ada@"))
        }
    }

    @Test func `calls by HTTP say whom and how, and no path`() async throws {
        try await TestCollector.with(TestCollector.Options(statuses: [503])) { collector in
            let tracer = Tracer()
            let job = tracer.span(below: nil)
            let executor = BlockingExecutor(label: "test", width: 1)
            await CurrentSpan.$value.withValue(CurrentSpan(job, tracer)) {
                let type = "Content-Type: application/x-protobuf"
                _ = await HTTPExchange.result(
                    of: HTTPRequest(.post, collector.endpoint + "/v1/traces", headers: [type]), on: executor)
                _ = await HTTPExchange.result(
                    of: HTTPRequest(.get, "http://127.0.0.1:1/secret?token=sesame"), on: executor)
            }
            let spans = try await spans(of: tracer)
            #expect(spans.map(\.name) == ["POST", "GET"] && spans.allSatisfy { $0.parent == job })
            #expect(spans.map(\.errorType) == ["503", "not sent"])
            #expect(
                spans[0].attributes == [
                    SpanAttribute("http.request.method", "POST"), SpanAttribute("server.address", "127.0.0.1"),
                    SpanAttribute("http.response.status_code", 503),
                ])
            #expect(!"\(spans[1])".contains("secret") && !"\(spans[1])".contains("sesame"))
        }
    }
}
