import Foundation
import HTTPServer
import JobQueue
import Jobs
import Platform
import RedisClient
import TestSupport
import Testing

@testable import ControlAPI

@Suite("/v1/stream", .timeLimit(.minutes(2)))
struct StreamTests {
    private func listen(_ api: TestAPI, _ query: String = "", after id: String? = nil) async throws -> EventClient {
        let fields = id.map { "Last-Event-ID: \($0)\r\n" } ?? ""
        let client = try await EventClient(port: api.server.port, "/v1/stream\(query)", fields: fields)
        #expect(client.answer.status == 200 && client.answer["content-type"] == "text/event-stream")
        #expect(client.answer["x-accel-buffering"] == "no")
        return client
    }

    private func json(_ event: EventClient.Event?) throws -> [String: Any] {
        let data = try #require(event?.data)
        return try #require(try JSONSerialization.jsonObject(with: Data(data.utf8)) as? [String: Any])
    }

    /// A tracked job of the queue `emails`.
    private func add(_ api: TestAPI, type: String = "test.greet", id: String? = nil) async throws -> JobID {
        let named = id.map { ["id", $0] } ?? []
        var pipeline = RedisPipeline()
        pipeline.add(
            ["FCALL", "cw_enqueue", "1", "cw:{emails}", type, #"{"name":"A"}"#, "track", "100000"] + named)
        try await FunctionLibrary(client: api.redis.client).ensure()
        let reply = try await api.redis.client.send(pipeline)
        if let error = reply.firstError { throw error }
        let token = reply.first.elements.compactMap(\.string).first ?? ""
        return try #require(JobID(queue: "emails", token: token))
    }

    @Test func `tells how the queues are, and then what changes`() async throws {
        try await TestAPI.with { api in
            let client = try await listen(api)
            for _ in TestAPI.queues { _ = try await client.next("queues") }
            _ = try await api.ask("POST", "/v1/queues/default/pause")
            let event = try await client.first("queues") { $0.contains(#""paused":true"#) }
            #expect(event.data.hasPrefix(#"{"default":{"#))
        }
    }

    @Test func `dozens of listeners hear the same, and Redis is asked once for all`() async throws {
        try await TestAPI.with { api in
            var clients: [EventClient] = []
            for _ in 0..<40 { clients.append(try await listen(api)) }
            for client in clients { _ = try await client.untilID() }
            let hub = try #require(api.hub)
            let (begun, before) = (MonotonicTime.now, await hub.looksSoFar)
            let job = try await add(api)
            for client in clients {
                let event = try await client.first("job") { $0.contains("\(job)") }
                #expect(event.data == #"{"attempt":1,"id":"\#(job)","state":"ready","type":"test.greet"}"#)
            }
            let seconds = Int(MonotonicTime.now.since(begun).components.seconds)
            let looks = await hub.looksSoFar - before
            #expect(looks <= seconds + 2)
        }
    }

    @Test func `a job is followed to its end, and dead letters are counted`() async throws {
        try await TestAPI.with { api in
            let client = try await listen(api)
            _ = try await client.untilID()
            let (queue, worker) = (JobQueue("emails", client: api.redis.client), WorkerID(host: "ada", process: 1))
            let job = try await add(api)
            try await queue.join(worker)
            let claimed = try #require(
                try await JobClaimer(queues: ["emails"], worker: worker, client: api.redis.client)
                    .claim(from: 0, lane: .ordinary, count: 1).first?.job)
            _ = try await queue.report(progress: 0.5, of: claimed, by: worker)
            _ = try await queue.bury(claimed, reason: .failures, error: "It broke.", by: worker)
            var (states, dead) = ([String](), [String]())
            while states.count < 3 || dead.isEmpty {
                let event = try #require(try await client.next("job", "dead"))
                guard event.name == "job" else {
                    dead.append(event.data)
                    continue
                }
                let told = try json(event)
                states.append(told["state"] as? String ?? "")
                #expect(told["id"] as? String == "\(job)")
                if states.last == "active" { #expect(told["progress"] as? Double == 0.5) }
            }
            #expect(states == ["ready", "active", "dead"])
            #expect(dead == [#"{"buried":1,"dead":1,"queue":"emails"}"#])
        }
    }

    @Test func `workers come, change and go`() async throws {
        try await TestAPI.with { api in
            let client = try await listen(api)
            _ = try await client.untilID()
            let registry = WorkerRegistry(client: api.redis.client)
            let worker = WorkerID(host: "ada", process: 1)
            var report = WorkerReport()
            report.slots = 20
            try await registry.announce(worker, report)
            #expect(try json(try await client.next("worker"))["slots"] as? Int == 20)
            report.running = 3
            try await registry.announce(worker, report)
            #expect(try json(try await client.next("worker"))["running"] as? Int == 3)
            try await registry.remove(worker)
            let gone = try await client.next("worker")
            #expect(gone?.data == #"{"state":"gone","worker":"\#(worker)"}"#)
        }
    }

    @Test func `only what is wanted is told`() async throws {
        try await TestAPI.with { api in
            let wanted = try await add(api, id: "wanted")
            let byType = try await listen(api, "?types=test.other")
            let byQueue = try await listen(api, "?queues=default")
            let byJob = try await listen(api, "?jobs=emails:wanted,emails:later")
            for client in [byType, byQueue, byJob] { _ = try await client.untilID() }
            _ = try await add(api)
            let other = try await add(api, type: "test.other")
            _ = try await add(api, id: "later")
            #expect(try await byType.next("job")?.data.contains("\(other)") == true)
            // How a job is that was named, and then what becomes of the others that were.
            #expect(wanted.token == "wanted")
            let first = try await byJob.next()
            #expect(first?.name == "job" && first?.data.contains("emails:later") == true)
            _ = try await JobQueue("default", client: api.redis.client).pause(.queue)
            let paused = try await byQueue.next("queues", "job")
            #expect(paused?.name == "queues" && paused?.data.contains(#""paused":true"#) == true)
        }
    }

    @Test func `who comes back is told what it missed, or that nobody knows`() async throws {
        try await TestAPI.with { api in
            // Somebody else listens all the time, or nobody does: Redis remembers.
            for stays in [true, false] {
                let other = stays ? try await listen(api) : nil
                let missed: JobID
                let id: String
                do {
                    let first = try await listen(api)
                    id = try await first.untilID()
                    missed = try await add(api)
                    if stays { _ = try await other?.first("job") { $0.contains("\(missed)") } }
                }
                let again = try await listen(api, after: id)
                let event = try await again.next("job", "reset")
                #expect(event?.name == "job" && event?.data.contains("\(missed)") == true)
            }
            for odd in ["1", "soon", "99999999999999"] {
                let stranger = try await listen(api, after: odd)
                let event = try await stranger.next("job", "reset", "queues")
                #expect(event?.name == "reset" && event?.data == #"{"reason":"too_old"}"#, "\(odd)")
            }
        }
    }

    @Test func `so much at once that some may be lost is said`() async throws {
        try await TestAPI.with { api in
            let client = try await listen(api)
            let id = try await client.untilID()
            let script = """
                for i = 1, 1200 do
                    redis.call('XADD', KEYS[1], 'MAXLEN', 1000, '*', 'id', i, 'type', 't.x', 'state', 'done')
                end
                """
            _ = try await api.redis.client.call("EVAL", script, "1", "cw:{emails}:events")
            let event = try await client.next("reset", "job")
            #expect(event?.name == "reset" && event?.data == #"{"reason":"too_many"}"#)
            let again = try await listen(api, after: id)
            #expect(try await again.next("reset", "job", "queues")?.name == "reset")
        }
    }

    @Test func `a Redis that is away is said, and when it is back`() async throws {
        try await withPrivateRedis { redis in
            try await TestAPI.with(redis) { api in
                let client = try await listen(api)
                _ = try await client.untilID()
                await redis.kill()
                #expect(try await client.next("redis")?.data == #"{"up":false}"#)
                let newcomer = try await listen(api)
                #expect(try await newcomer.next("redis", "queues")?.name == "redis")
                try await redis.start()
                #expect(try await client.next("redis")?.data == #"{"up":true}"#)
                #expect(try await newcomer.next("queues") != nil)
            }
        }
    }

    @Test func `a filter that makes no sense is refused with its name`() async throws {
        try await TestAPI.with { api in
            let many = (0...20).map { "emails:\($0)" }.joined(separator: ",")
            for query in ["queues=nope", "types=x", "jobs=x", "jobs=nope:1", "jobs=\(many)"] {
                let answer = try await api.ask("GET", "/v1/stream?\(query)")
                #expect(answer.status == 422 && answer.body.contains(query.prefix { $0 != "=" }), "\(query)")
            }
            let head = try HTTPClient(port: api.server.port)
            await head.send("HEAD /v1/stream HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await head.answer(bodiless: true)?.status == 200)
        }
    }

    // MARK: What jobs say

    private func withTalk(_ body: (TestAPI, JobID, JobQueue, ClaimedJob, WorkerID) async throws -> Void) async throws {
        try await TestAPI.with { api in
            let (queue, worker) = (JobQueue("emails", client: api.redis.client), WorkerID(host: "ada", process: 1))
            let job = try await add(api)
            try await queue.join(worker)
            let claimed = try #require(
                try await JobClaimer(queues: ["emails"], worker: worker, client: api.redis.client)
                    .claim(from: 0, lane: .ordinary, count: 1).first?.job)
            try await body(api, job, queue, claimed, worker)
        }
    }

    @Test func `what a job says is read, and gone on with`() async throws {
        try await withTalk { api, job, queue, claimed, worker in
            let nothing = try await api.ask("GET", "/v1/jobs/\(job)/log")
            #expect(nothing.status == 200 && nothing.body == "[]")
            _ = try await queue.log(
                [JobLogLine(level: "info", message: "one\u{1B}[2J\n", fields: ["n": "1"])], of: claimed, by: worker)
            let first = try await api.ask("GET", "/v1/jobs/\(job)/log")
            let lines = try #require(try JSONSerialization.jsonObject(with: Data(first.body.utf8)) as? [[String: Any]])
            #expect(lines.count == 1 && lines[0]["message"] as? String == "one\u{1B}[2J\n")
            #expect(!first.body.contains("\u{1B}") && !first.body.contains("\n"))
            #expect(lines[0]["fields"] as? [String: String] == ["n": "1"] && lines[0]["level"] as? String == "info")
            let id = try #require(lines[0]["id"] as? String)
            _ = try await queue.log([JobLogLine(level: "warning", message: "two")], of: claimed, by: worker)
            let rest = try await api.ask("GET", "/v1/jobs/\(job)/log?after=\(id)")
            #expect(rest.body.contains("two") && !rest.body.contains("one"))
            #expect(try await api.ask("GET", "/v1/jobs/\(job)/log?after=x").status == 400)
            #expect(try await api.ask("GET", "/v1/jobs/emails:none/log").status == 404)
            #expect(try await api.ask("GET", "/v1/jobs/nope:1/log").status == 404)
        }
    }

    @Test func `what a job says comes to those who named it, also later`() async throws {
        try await withTalk { api, job, queue, claimed, worker in
            let all = try await listen(api)
            let client = try await listen(api, "?jobs=\(job)")
            #expect(try await client.next()?.name == "job")
            let id = try await client.untilID()
            _ = try await queue.log([JobLogLine(level: "info", message: "hello")], of: claimed, by: worker)
            let event = try json(try await client.next("log"))
            #expect(event["message"] as? String == "hello" && event["job"] as? String == "\(job)")
            let again = try await listen(api, "?jobs=\(job)", after: id)
            #expect(try json(try await again.next("log"))["message"] as? String == "hello")
            _ = try await queue.pause(.queue)
            var names: Set<String> = []
            while let event = try await all.next(), !event.data.contains(#""paused":true"#) { names.insert(event.name) }
            #expect(!names.contains("log"))
        }
    }
}
