import JobQueue
import Jobs
import Platform
import RedisClient
import TestSupport
import Testing

@Suite("Claim", .timeLimit(.minutes(1)))
struct ClaimTests {
    @Test func `jobs are claimed in order, as many as asked for`() async throws {
        try await withQueue { q in
            try await q.seed(4)
            #expect(try await q.claim(3, by: q.ada).map(\.entryText) == ["1-0", "2-0", "3-0"])
            #expect(try await q.claim(3, by: q.bob).map(\.entryText) == ["4-0"])
            #expect(try await q.claim(3, by: q.ada).isEmpty)
            #expect(
                try await q.state == [
                    ":intact ada", ":intact bob", "entry 1-0 args={} type=t.x", "entry 2-0 args={} type=t.x",
                    "entry 3-0 args={} type=t.x", "entry 4-0 args={} type=t.x", "held 1-0 ada x1", "held 2-0 ada x1",
                    "held 3-0 ada x1", "held 4-0 bob x1", "worker ada", "worker bob",
                ])
        }
    }

    @Test func `a claimed job tells what its producer wrote`() async throws {
        try await withQueue { q in
            try await q.join()
            try await q.add(
                "1700000000000-3", "type", "a.b", "args", "[1]", "id", "tok-1", "trace", "00-x", "track", "5",
                "attempt",
                "7", "mine", "yes")
            let job = try #require(try await q.claim(by: q.ada).first)
            #expect(Array(job.type) == Array("a.b".utf8) && Array(job.args) == Array("[1]".utf8))
            #expect(job.token == "tok-1" && job.traceparent == "00-x" && job.isTracked && job.attempt == 7)
            #expect(job.enqueuedMilliseconds == 1_700_000_000_000 && !job.wasRescued)
        }
    }

    @Test func `a claimed job without the optional fields has their defaults`() async throws {
        try await withQueue { q in
            try await q.join()
            try await q.add("5-1", "other", "x", "attempt", "-3", "id", "not a token!")
            let job = try #require(try await q.claim(by: q.ada).first)
            #expect(job.type.isEmpty && job.args.isEmpty && job.token == "5-1" && job.attempt == 1)
            #expect(job.traceparent == nil && !job.isTracked && job.enqueuedMilliseconds == 5)
        }
    }

    @Test func `a waiting claim wakes for a job in any of its queues`() async throws {
        try await withRedis { redis in
            let first = TestQueue(redis.client, name: "a")
            let second = TestQueue(redis.client, name: "b")
            try await first.join()
            try await second.join()
            let waiting = redis.newClient()
            defer { waiting.close() }
            let claimer = JobClaimer(queues: ["a", "b"], worker: first.ada, client: waiting)
            async let claims = claimer.waitForJobs(in: [0, 1], count: 5, for: .seconds(30))
            try await second.add("1-0")
            let claimed = try await claims
            #expect(claimed.map(\.queue) == [1])
            #expect(claimed.map(\.job.entryText) == ["1-0"])
        }
    }

    @Test func `a waiting claim ends empty when its time is over`() async throws {
        try await withQueue { q in
            try await q.join()
            let claimer = JobClaimer(queues: ["q"], worker: q.ada, client: q.client)
            let begin = MonotonicTime.now
            #expect(try await claimer.waitForJobs(in: [0], count: 1, for: .milliseconds(50)).isEmpty)
            #expect(MonotonicTime.now.since(begin) >= .milliseconds(49))
        }
    }

    @Test func `a queue nobody joined has no group`() async throws {
        try await withQueue { q in
            let error = await #expect(throws: RedisError.self) { try await q.claim(by: q.ada) }
            #expect(error?.code == .noGroup)
        }
    }

    @Test func `a key that is no stream is named as such by every verb`() async throws {
        try await withQueue { q in
            _ = try await q.client.call("LPUSH", q.queue.keys.stream, "x")
            for verb in [
                { try await q.queue.join(q.ada) },
                { _ = try await JobClaimer(queues: ["q"], worker: q.ada, client: q.client).claim(from: 0, count: 1) },
                { _ = try await q.queue.statistics() }, { _ = try await q.takeAll(for: q.ada) },
            ] as [() async throws -> Void] {
                let error = await #expect(throws: RedisError.self) { try await verb() }
                #expect(error?.code == .wrongType)
            }
            #expect(try await q.state == [" x"])
        }
    }
}
