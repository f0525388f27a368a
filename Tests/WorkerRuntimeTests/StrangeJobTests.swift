import JobQueue
import Jobs
import RedisClient
import TestSupport
import Testing
import WorkerRuntime

@Suite("Jobs that no handler can run", .timeLimit(.minutes(1)))
struct StrangeJobTests {
    private func death(of entry: [String]) async throws -> [String: String] {
        var dead: [String: String] = [:]
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop, options: { $0.argsBytesLimit = 1000 }
            ) { _, _ in .success() }
            var pipeline = RedisPipeline()
            pipeline.add(["XADD", queue.keys.stream, "*"] + entry)
            _ = try await redis.client.send(pipeline)
            try await queue.untilIdle()
            try await worker.stop()
            dead = try await DeadLetters.only(of: queue, redis.client)
        }
        return dead
    }

    @Test(arguments: [
        "{\"number\":\"x\"}": "the field 'number' should be Int.", "{\"n\":1}": "the field 'number' is missing.",
        "{\"number\":null}": "the field 'number' is null and should be Int.", "": "they are not valid JSON",
        "{\"number\":1": "they are not valid JSON", "[]": "The args of this test.job job cannot be read",
        "\u{0}": "they are not valid JSON",
    ])
    func `an undecodable payload is dead with what is wrong in it`(args: String, error: String) async throws {
        let dead = try await death(of: ["type", "test.job", "args", args])
        #expect(dead["reason"] == "undecodable" && dead["attempt"] == "1")
        #expect(dead["error"]?.contains(error) == true, "\(dead["error"] ?? "")")
    }

    @Test(arguments: [
        (["args", "{}"], "The entry has no field 'type'"), (["type", "", "args", "{}"], "has no field 'type'"),
        (["type", "Send Mail!", "args", "{}"], "is not a name of the form domain.verb"),
        (["type", "a\nb.c", "args", "{}"], "is not a name of the form domain.verb"),
        (["type", "test.job", "args", String(repeating: " ", count: 1001)], "The args are 1001 bytes"),
    ])
    func `a malformed entry is dead with the way to write it`(entry: [String], error: String) async throws {
        let dead = try await death(of: entry)
        #expect(dead["reason"] == "malformed")
        #expect(dead["error"]?.contains(error) == true, "\(dead["error"] ?? "")")
    }

    @Test func `a job whose attempt is no number runs as the first`() async throws {
        let dead = try await death(of: ["type", "test.job", "args", "{}", "attempt", "many", "track", "1e300"])
        #expect(dead["reason"] == "undecodable" && dead["attempt"] == "1")
    }

    @Test func `an unknown type goes back, and a later worker that knows it takes it`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let old = try await TestWorker.start(
                redis.configuration, on: redis.loop, registry: { $0 = JobRegistry() }
            ) { _, _ in .success() }
            try await queue.add()
            try await eventually("the old worker put it back") {
                try await queue.statistics().counters["snoozed"] != nil
            }
            try await old.stop()
            let ran = Tally<Int>()
            let new = try await TestWorker.start(redis.configuration, on: redis.loop) { _, context in
                ran.add(context.attempt)
                return .success()
            }
            try await queue.untilIdle()
            try await new.stop()
            #expect(ran.counts == [1: 1])
        }
    }

    @Test func `a type that nobody knew for too long is dead`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop, options: { $0.unknownTypeLimit = .zero },
                registry: { $0 = JobRegistry() }
            ) { _, _ in .success() }
            try await queue.add()
            try await queue.untilIdle()
            try await worker.stop()
            #expect(try await DeadLetters.only(of: queue, redis.client)["reason"] == "unknown_type")
        }
    }
}
