import JobQueue
import Jobs
import RedisClient
import TestSupport
import Testing

@Suite("Enqueue", .timeLimit(.minutes(1)))
struct EnqueueTests {
    private func job(_ args: String = "{}") -> NewJob { NewJob("t.x", queue: "q", args: Array(args.utf8)) }

    @Test func `a plain job is one entry and its id is the entry's`() async throws {
        try await withQueue { q in
            let id = try await q.queue.enqueue(job("{\"a\":1}"))
            let entries = Array(try await q.client.call("XRANGE", q.queue.keys.stream, "-", "+").elements)
            #expect(entries.first?.elements.first { _ in true }?.string == id.token)
            #expect(try await q.state == ["entry *1 args={\"a\":1} type=t.x"])
        }
    }

    @Test func `a trace is kept`() async throws {
        try await withQueue { q in
            var job = job()
            job.traceparent = "00-ab-cd-01"
            _ = try await q.queue.enqueue(job)
            #expect(try await q.state == ["entry *1 args={} trace=00-ab-cd-01 type=t.x"])
        }
    }

    @Test func `many jobs keep their order and get an id each`() async throws {
        try await withQueue { q in
            let jobs = (0..<2500).map { self.job("\($0)") }
            let ids = try await q.queue.enqueue(contentsOf: jobs).map { try $0.get().token }
            var stored: [String] = []
            var args: [String] = []
            for entry in try await q.client.call("XRANGE", q.queue.keys.stream, "-", "+").elements {
                var parts = entry.elements
                stored.append(parts.next()?.string ?? "")
                args.append(parts.next()?.elements.compactMap(\.string).last ?? "")
            }
            #expect(stored == ids)
            #expect(args == (0..<2500).map(String.init))
        }
    }

    @Test func `none at all is fine`() async throws {
        try await withQueue { q in
            let results = await q.queue.enqueue(contentsOf: [])
            #expect(results.isEmpty)
        }
    }

    @Test func `a delayed job waits under its own id`() async throws {
        try await withQueue { q in
            var job = job()
            job.delay = .seconds(60)
            let id = try await q.queue.enqueue(job).token
            #expect(
                try await q.state == [
                    ":later \(id) in 60s", ":later:jobs \(id) args={} enqueued=now id=\(id) type=t.x",
                ])
        }
    }

    @Test func `a key within its window gives the first job's id and stores nothing`() async throws {
        try await withQueue { q in
            var job = job()
            job.idempotencyKey = IdempotencyKey("welcome-1", window: .seconds(100))
            let first = try await q.queue.enqueue(job)
            let state = try await q.state
            #expect(
                state == [
                    ":entries \(first.token) *1", ":once:welcome-1 for 100s \(first.token)",
                    "entry *1 args={} id=\(first.token) type=t.x",
                ])
            job.delay = .seconds(5)
            #expect(try await q.queue.enqueue(job) == first)
            #expect(try await q.state == state)
        }
    }

    @Test func `a key knows the request it stands for, where that was said`() async throws {
        try await withQueue { q in
            var job = job()
            job.idempotencyKey = IdempotencyKey("k")
            job.idempotencyKey?.fingerprint = "a1"
            let first = try await q.queue.enqueue(job)
            #expect(try await q.queue.enqueue(job) == first)
            #expect(try await q.state.contains(":once:k for 86400s \(first.token) a1"))
            job.idempotencyKey?.fingerprint = "b2"
            let error = await #expect(throws: RedisError.self) { try await q.queue.enqueue(job) }
            #expect(error?.code == .refused && error?.message.hasPrefix("The idempotency key stands for") == true)
            // Who says nothing of it is not asked: a plain call means the job by its name.
            job.idempotencyKey = IdempotencyKey("k")
            #expect(try await q.queue.enqueue(job) == first)
            #expect(try await q.queue.statistics().ready == 1)
        }
    }

    @Test func `a hundred callers with one key store one job`() async throws {
        try await withQueue { q in
            var job = job()
            job.idempotencyKey = IdempotencyKey("same")
            let ids = try await withThrowingTaskGroup(of: JobID.self) { [job] group in
                for _ in 0..<100 { group.addTask { try await q.queue.enqueue(job) } }
                return try await group.reduce(into: Set<JobID>()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
            #expect(try await q.queue.statistics().ready == 1)
        }
    }

    @Test(arguments: ["", String(repeating: "k", count: 257)])
    func `a key that is no key is none`(text: String) { #expect(IdempotencyKey(text) == nil) }

    @Test func `a tracked job has a state from its beginning`() async throws {
        try await withQueue { q in
            var job = job()
            job.trackFor = .seconds(100)
            let id = try await q.queue.enqueue(job)
            let token = id.token
            #expect(
                try await q.state == [
                    ":entries \(token) *1",
                    ":job:\(token) for 100s attempt=1 entry=*1 state=ready type=t.x updated=now",
                    "entry *1 args={} id=\(token) track=100000 type=t.x",
                ])
            let status = try #require(try await q.queue.status(of: id))
            #expect(status.state == "ready" && !status.hasEnded && status.progress == 0 && status.result == nil)
            job.delay = .seconds(50)
            let scheduled = try await q.queue.enqueue(job)
            #expect(try await q.queue.status(of: scheduled)?.state == "scheduled")
        }
    }

    @Test func `a job that nobody tracks has no status`() async throws {
        try await withQueue { q in
            let id = try await q.queue.enqueue(job())
            #expect(try await q.queue.status(of: id) == nil)
        }
    }

    @Test(arguments: [
        (["delay", "-1"], "The option delay must be"), (["delay", "x"], "The option delay must be"),
        (["delay", "9007199254740993"], "The option delay must be"), (["delay", "1e16"], "The option delay must be"),
        (["delay", "nan"], "The option delay must be"), (["at", "-5"], "The option at must be"),
        (["delay", "1", "at", "1"], "Give delay or at"), (["delay"], "The last option has no value"),
        (["id", ""], "The option id must be"), (["id", "a b"], "The option id must be"),
        (["id", String(repeating: "i", count: 65)], "The option id must be"),
        (["key", ""], "The option key must be"),
        (["key", String(repeating: "k", count: 1 << 20)], "The option key must be"),
        (["key", "k", "key_ttl", "0"], "The option key_ttl must be"),
        (["key", "k", "key_ttl", "0.5"], "The option key_ttl must be"),
        (["unique", String(repeating: "k", count: 257)], "The option unique must be"),
        (["unique", "k", "unique_mode", "both"], "The option unique_mode must be"),
        (["unique", "k", "unique_mode", "debounce"], "The option unique_mode needs a delay"),
        (["unique", "k", "unique_ttl", "1e300"], "The option unique_ttl must be"),
        (["track", "-5"], "The option track must be"), (["track", "0"], "The option track must be"),
        (["expire", "0"], "The option expire must be"),
        (["trace", String(repeating: "t", count: 257)], "The option trace must be"),
        (["dealy", "5"], "There is no option of this name"),
    ])
    func `a call with options that are none is refused and stores nothing`(
        options: [String], mistake: String
    ) async throws {
        try await withQueue { q in
            var pipeline = RedisPipeline()
            pipeline.add(["FCALL", "cw_enqueue", "1", q.queue.keys.stream, "t.x", "{}"] + options)
            let reply = try await q.client.send(pipeline)
            #expect(reply.firstError?.message.contains(mistake) == true, "\(reply.firstError?.message ?? "accepted")")
            #expect(try await q.state == [])
        }
    }

    @Test(arguments: ["", "x", "a.", ".a", "a..b", "A.b", "a b.c", String(repeating: "a", count: 63) + ".b"])
    func `a type that is no name is refused`(type: String) async throws {
        try await withQueue { q in
            var pipeline = RedisPipeline()
            pipeline.add("FCALL", "cw_enqueue", "1", q.queue.keys.stream, type, "{}")
            let reply = try await q.client.send(pipeline)
            #expect(reply.firstError?.message.contains("The type must be") == true)
            #expect(try await q.state == [])
        }
    }

    @Test func `a key that holds something else is refused`() async throws {
        try await withQueue { q in
            _ = try await q.client.call("SET", q.queue.keys.stream, "mine")
            let error = await #expect(throws: RedisError.self) { try await q.queue.enqueue(self.job()) }
            #expect(error?.code == .wrongType)
        }
    }
}
