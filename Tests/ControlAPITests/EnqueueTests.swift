import Foundation
import JobQueue
import Jobs
import TestSupport
import Testing
import Tracing

@testable import ControlAPI

@Suite("POST /v1/jobs", .timeLimit(.minutes(1)))
struct EnqueueTests {
    private static let ada = #"{"type":"test.greet","args":{"name":"Ada"}}"#

    @Test func `stores the job in its type's queue, and says where it is`() async throws {
        try await TestAPI.with { api in
            let answer = try await api.ask(
                "POST", "/v1/jobs", #"{"type":"test.greet","args":{"name":"Ada","größe":1e2}}"#)
            #expect(answer.status == 202)
            #expect(try answer.json["state"] as? String == "enqueued")
            #expect(try answer["location"] == "/v1/jobs/\(answer.id)")
            let id = try #require(JobID(try answer.id))
            let job = try #require(try await JobQueue("emails", client: api.redis.client).describe(id))
            #expect(job.fields["args"] == #"{"name":"Ada","größe":1e2}"#)
            let shown = try await api.ask("GET", "/v1/jobs/\(id)")
            #expect(shown.status == 200)
            #expect(try shown.json["state"] as? String == "ready")
        }
    }

    @Test(arguments: [
        ("", 400, "no JSON"), ("[", 400, "no JSON"), ("1", 422, "The body must be an object"),
        (#"{"args":{}}"#, 422, "/type is missing"), (#"{"type":7}"#, 422, "/type must be a text"),
        (#"{"type":"no.such"}"#, 422, "/type is no job type"),
        (#"{"type":"test.greet"}"#, 422, "/args/name "),
        (#"{"type":"test.greet","args":{"name":7}}"#, 422, "/args/name must be"),
        (#"{"type":"test.greet","args":{"name":"A"},"queue":"nope"}"#, 422, "/queue is no queue"),
        (#"{"type":"test.greet","args":{"name":"A"},"delay_ms":-1}"#, 422, "/delay_ms must be a whole number"),
        (#"{"type":"test.greet","args":{"name":"A"},"delay_ms":1e400}"#, 422, "/delay_ms must be a whole number"),
        (#"{"type":"test.greet","args":{"name":"A"},"at":"soon"}"#, 422, "/at must be a time"),
        (#"{"type":"test.greet","args":{"name":"A"},"unique":{"key":"k","mode":"x"}}"#, 422, "/unique/mode must be"),
        (#"{"type":"test.greet","args":{"name":"A"},"unique":{"key":""}}"#, 422, "/unique/key must have"),
        (#"{"type":"test.greet","args":{"name":"A"},"batch":"default:b"}"#, 422, "/batch must be"),
        (#"{"type":"test.greet","args":{"name":"A"},"durable":true}"#, 422, "/durable needs a database"),
        (#"{"type":"test.greet","args":{"name":"A"},"delay":5}"#, 422, "/delay is not known"),
        (
            "{\"type\":\"test.greet\",\"args\":{\"name\":\"" + String(repeating: "A", count: 10_000) + "\"}}", 413,
            "bytes"
        ),
    ])
    func `refuses what no worker could run, and names the field`(body: String, status: Int, detail: String) async throws
    {
        try await TestAPI.with { api in
            let answer = try await api.ask("POST", "/v1/jobs", body)
            #expect(answer.status == status)
            #expect(answer["content-type"] == "application/problem+json")
            #expect(try (answer.json["detail"] as? String ?? "").contains(detail), "\(answer.body)")
            #expect(try await JobQueue("emails", client: api.redis.client).statistics().ready == 0)
        }
    }

    @Test func `a thousand requests with one key are one job`() async throws {
        try await TestAPI.with { api in
            let ids = try await withThrowingTaskGroup(of: (Int, String).self) { tasks in
                for _ in 0..<1000 {
                    tasks.addTask {
                        let answer = try await api.ask("POST", "/v1/jobs", Self.ada, fields: "Idempotency-Key: k\r\n")
                        return (answer.status, try answer.id)
                    }
                }
                return try await tasks.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(ids.map(\.1)).count == 1)
            #expect(ids.count { $0.0 == 202 } == 1)
            #expect(ids.count { $0.0 == 200 } == 999)
            #expect(try await JobQueue("emails", client: api.redis.client).statistics().ready == 1)
        }
    }

    @Test func `a key stands for one request: the same gets the same job, another is refused`() async throws {
        try await TestAPI.with { api in
            let field = "Idempotency-Key: k\r\n"
            let first = try await api.ask("POST", "/v1/jobs", Self.ada, fields: field)
            #expect(first.status == 202)
            let again = try await api.ask("POST", "/v1/jobs", Self.ada, fields: field)
            #expect(try (again.status, again.id) == (200, first.id))
            #expect(again["location"] == first["location"])
            let bob = Self.ada.replacing("Ada", with: "Bob")
            let other = try await api.ask("POST", "/v1/jobs", bob, fields: field)
            #expect(other.status == 422)
            #expect(try (other.json["detail"] as? String)?.contains("stands for another request") == true)
            #expect(try await JobQueue("emails", client: api.redis.client).statistics().ready == 1)
            let left = try await api.redis.client.call("PTTL", "cw:{emails}:once:k").integer ?? 0
            #expect((86_300_000...86_400_000).contains(left))
        }
    }

    @Test func `each of many has a key of its own, which stands for it alone`() async throws {
        try await TestAPI.with { api in
            func body(_ names: String...) -> String {
                let jobs = names.enumerated().map { number, name in
                    #"{"type":"test.greet","args":{"name":"\#(name)"},"idempotency_key":"k\#(number)"}"#
                }
                return "[\(jobs.joined(separator: ", "))]"
            }
            func ids(_ answer: HTTPAnswer) throws -> [String?] {
                try (answer.json["jobs"] as? [[String: Any]] ?? []).map { $0["id"] as? String }
            }
            let first = try await api.ask("POST", "/v1/jobs", body("Ada", "Bob"))
            #expect(first.status == 202)
            let again = try await api.ask("POST", "/v1/jobs", body("Ada", "Bob"))
            #expect(again.status == 200)
            #expect(try ids(again) == ids(first))
            let mixed = try await api.ask("POST", "/v1/jobs", body("Ada", "Eve", "Zoe"))
            #expect(mixed.status == 207)
            #expect(try ids(mixed)[0] == ids(first)[0])
            #expect(try ids(mixed)[1] == nil && mixed.body.contains(#""status":422"#))
            #expect(try await JobQueue("emails", client: api.redis.client).statistics().ready == 3)
        }
    }

    @Test func `many at once have an answer each`() async throws {
        try await TestAPI.with { api in
            let bad = #"{"type":"test.greet","args":{}}"#
            let other = #"{"type":"test.greet","args":{"name":"B"},"queue":"default"}"#
            let answer = try await api.ask("POST", "/v1/jobs", "[\(Self.ada),\(bad),\(other)]")
            #expect(answer.status == 207)
            let jobs = try #require(try answer.json["jobs"] as? [[String: Any]])
            #expect(jobs.count == 3)
            #expect((jobs[0]["id"] as? String)?.hasPrefix("emails:") == true)
            #expect(((jobs[1]["error"] as? [String: Any])?["detail"] as? String)?.contains("/args/name") == true)
            #expect((jobs[2]["id"] as? String)?.hasPrefix("default:") == true)
            let whole = try await api.ask(
                "POST", "/v1/jobs", "[\(Array(repeating: Self.ada, count: 1500).joined(separator: ","))]")
            #expect(whole.status == 202)
            #expect(try await JobQueue("emails", client: api.redis.client).statistics().ready == 1501)
            #expect(try await api.ask("POST", "/v1/jobs", "[]").status == 200)
        }
    }

    @Test func `what is said of when and how often is kept`() async throws {
        try await TestAPI.with { api in
            let later = try await api.ask(
                "POST", "/v1/jobs", #"{"type":"test.greet","args":{"name":"A"},"delay_ms":60000,"track":true}"#)
            #expect(later.status == 202)
            #expect(try await api.ask("GET", "/v1/jobs/\(later.id)").json["state"] as? String == "scheduled")
            let unique = #"{"type":"test.greet","args":{"name":"A"},"unique":{"key":"u"}}"#
            #expect(try await api.ask("POST", "/v1/jobs", unique).status == 202)
            let second = try await api.ask("POST", "/v1/jobs", unique)
            #expect(second.status == 200)
            #expect(try second.json["state"] as? String == "duplicate")
            let cancelled = try await api.ask("DELETE", "/v1/jobs/\(later.id)")
            #expect(cancelled.status == 200)
            #expect(try await api.ask("DELETE", "/v1/jobs/\(later.id)").status == 200)
            #expect(try await api.ask("GET", "/v1/jobs/emails:none").status == 404)
            #expect(try await api.ask("DELETE", "/v1/jobs/emails:none").status == 404)
        }
    }

    @Test func `a durable job is a row, and needs no Redis`() async throws {
        try await TestAPI.with(postgres: true) { api in
            let body = #"{"type":"test.greet","args":{"name":"A"},"durable":true,"idempotency_key":"k"}"#
            let answer = try await api.ask("POST", "/v1/jobs", body)
            #expect(answer.status == 202)
            #expect(try await api.ask("POST", "/v1/jobs", body).id == answer.id)
            let other = try await api.ask("POST", "/v1/jobs", body.replacing(#""A""#, with: #""B""#))
            #expect(other.status == 422)
            let mixed = try await api.ask("POST", "/v1/jobs", "[\(body),\(body.replacing(#""A""#, with: #""B""#))]")
            #expect(mixed.status == 207 && mixed.body.contains("stands for another request"))
            let rows = try await api.database?.query("SELECT count(*) FROM coursework.outbox")
            #expect(try rows?.first?["count"] as Int? == 1)
        }
    }

    @Test func `a trace goes on`() async throws {
        try await TestAPI.with { api in
            for (field, expected) in [(Self.trace, Self.trace as String?), ("00-zz", nil)] {
                let answer = try await api.ask("POST", "/v1/jobs", Self.ada, fields: "traceparent: \(field)\r\n")
                let id = try #require(JobID(try answer.id))
                let job = try #require(try await JobQueue("emails", client: api.redis.client).describe(id))
                #expect(job.fields["trace"] == expected)
            }
            let more = "traceparent: \(Self.trace)\r\ntracestate: rojo=1\r\ntracestate: congo=2\r\n"
            let many = try await traces(of: "[\(Self.ada),\(Self.ada)]", more, api)
            #expect(many == [String?](repeating: "\(Self.trace);rojo=1,congo=2", count: 2))
            let twice = "traceparent: \(Self.trace)\r\ntraceparent: \(Self.trace)\r\n"
            let none = try await traces(of: Self.ada, twice, api)
            #expect(none == [nil])
        }
    }

    private static let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    /// What the jobs of a request carry.
    private func traces(of body: String, _ fields: String, _ api: TestAPI) async throws -> [String?] {
        let json = try await api.ask("POST", "/v1/jobs", body, fields: fields).json
        let ids = (json["jobs"] as? [[String: Any]] ?? [json]).compactMap {
            ($0["id"] as? String).flatMap { JobID($0) }
        }
        var traces: [String?] = []
        for id in ids {
            traces.append(try await JobQueue("emails", client: api.redis.client).describe(id)?.fields["trace"])
        }
        return traces
    }

    @Test func `where traces are told, jobs stand below their enqueue, and that below the request`() async throws {
        let tracer = Tracer()
        try await TestAPI.with(postgres: true, tracer: tracer) { api in
            let field = "traceparent: \(Self.trace)\r\nX-Request-Id: r-1\r\n"
            let one = try await traces(of: Self.ada, field, api)
            let many = try await traces(of: "[\(Self.ada),\(Self.ada)]", field, api)
            let none = try await traces(of: Self.ada, "traceparent: 00-zz\r\n", api)
            _ = try await api.ask(
                "POST", "/v1/jobs", #"{"type":"test.greet","args":{"name":"A"},"durable":true}"#, fields: field)
            let row: String? = try await api.database?.query("SELECT trace FROM coursework.outbox").first?["trace"]
            try await eventually("all spans are there, also that of the database") { tracer.queue.count == 9 }
            let all = await tracer.queue.next(by: .now, on: api.redis.loop)
            let (spans, requests) = (all.filter { $0.kind == .producer }, all.filter { $0.kind == .server })
            let parent = try #require(TraceContext(traceparent: Self.trace))
            let below = Dictionary(uniqueKeysWithValues: requests.map { ($0.context.spanID, $0.parent) })
            #expect(spans.map { $0.parent.flatMap { below[$0.spanID] ?? nil } } == [parent, parent, nil, parent])
            #expect(requests.allSatisfy { $0.hasRemoteParent == ($0.parent != nil) && $0.name == "POST /v1/jobs" })
            #expect(spans.map(\.name) == ["enqueue emails", "enqueue", "enqueue emails", "enqueue emails"])
            #expect(spans.allSatisfy { $0.errorType == nil && !$0.hasRemoteParent })
            #expect(all.first { $0.name == "postgresql" }?.parent == spans[3].parent)
            #expect(
                one == [spans[0].context.field] && none == [spans[2].context.field] && row == spans[3].context.field)
            #expect(many == [spans[1].context.field, spans[1].context.field])
            #expect(spans[0].attributes.contains(SpanAttribute("coursework.request.id", "r-1")))
            #expect(spans[1].attributes.contains(SpanAttribute("messaging.batch.message_count", 2)))
        }
    }

    @Test func `a job that is not stored is an error of its span`() async throws {
        let tracer = Tracer()
        try await TestAPI.with(tracer: tracer) { api in
            _ = try await api.redis.client.call(
                "SET", JobQueue("emails", client: api.redis.client).keys.stream, "no queue")
            let answer = try await api.ask("POST", "/v1/jobs", Self.ada)
            #expect(answer.status >= 500)
            try await eventually("both spans are there") { tracer.queue.count == 2 }
            let spans = await tracer.queue.next(by: .now, on: api.redis.loop)
            #expect(spans.map(\.errorType) == ["RedisError", "\(answer.status)"])
        }
    }

    @Test func `where the client's trace is not sampled nothing is told, and the job hands that on`() async throws {
        let tracer = Tracer()
        try await TestAPI.with(tracer: tracer) { api in
            let unsampled = try await traces(of: Self.ada, "traceparent: \(Self.trace.dropLast())0\r\n", api)
            _ = try await traces(of: Self.ada, "traceparent: \(Self.trace)\r\n", api)
            try await eventually("the spans of the other one are there") { tracer.queue.count == 2 }
            #expect(try #require(TraceContext(field: unsampled[0] ?? "")).isSampled == false)
        }
    }
}
