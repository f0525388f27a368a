import JobQueue
import Jobs
import Platform
import RedisClient
import TestSupport
import Testing

@testable import WorkerRuntime

@Suite("What Redis is told of what workers count", .timeLimit(.minutes(1)))
struct CountingTests {
    @Test func `each attempt is counted once, by what it came to`() async throws {
        try await withRedis { redis in
            let (queue, store) = (JobQueue("q", client: redis.client), CounterStore(client: redis.client))
            try await queue.add(30)
            let worker = try await TestWorker.start(redis.configuration, on: redis.loop) { job, context in
                switch job.number {
                case 0: throw TestError(description: "always")
                case 1: return .discard(reason: "unwanted")
                case 2: return .bury(reason: "hopeless")
                case 3 where context.attempt == 1: throw TestError(description: "once")
                default: return .success()
                }
            }
            try await queue.untilIdle()
            try await worker.stop()
            let counts = try #require(try await store.counts(of: "q")["test.job"])
            // 0 has two retries.
            #expect(counts.ended == ["done": 27, "discarded": 1, "retried": 3, "dead": 2])
            #expect(counts.ran.count == 33 && counts.waited.count == 33)
        }
    }

    @Test func `a wait is from when the job was ready, by the clock of Redis`() async throws {
        try await withRedis { redis in
            let (queue, store) = (JobQueue("q", client: redis.client), CounterStore(client: redis.client))
            let now = try await RedisServer(client: redis.client).now()
            let entry = "\(now - 100_000)-0"
            _ = try await redis.client.call(
                "XADD", queue.keys.stream, entry, "type", "test.job", "args", #"{"number":1}"#)
            let worker = try await TestWorker.start(redis.configuration, on: redis.loop) { _, _ in .success() }
            try await queue.untilIdle()
            try await worker.stop()
            let counts = try #require(try await store.counts(of: "q")["test.job"])
            let bucket = counts.waited.buckets.index(ofNanoseconds: 100_000_000_000)
            #expect(counts.waited.counts[bucket] == 1 && counts.waited.count == 1)
            #expect((100_000_000..<140_000_000).contains(counts.waited.sumMicroseconds))
            #expect(counts.ran.sumMicroseconds < 40_000_000)
        }
    }

    @Test func `types that nobody knows are one, however many there are`() async throws {
        try await withRedis { redis in
            let (queue, store) = (JobQueue("q", client: redis.client), CounterStore(client: redis.client))
            for number in 1...50 {
                _ = try await redis.client.call(
                    "XADD", queue.keys.stream, "*", "type", "no.such-\(number)", "args", "{}")
            }
            let worker = try await TestWorker.start(redis.configuration, on: redis.loop) { _, _ in .success() }
            try await eventually("all were put off") {
                let statistics = try await queue.statistics()
                return statistics.ready + statistics.active == 0
            }
            try await worker.stop()
            let counts = try await store.counts(of: "q")
            // Some may have come back by now.
            #expect(counts.keys.sorted() == ["other"] && (50...).contains(counts["other"]?.ended["snoozed"] ?? 0))
        }
    }

    @Test func `says when its duties succeeded, and how long Redis takes`() async throws {
        try await withRedis { redis in
            let store = CounterStore(client: redis.client)
            let worker = try await TestWorker.start(redis.configuration, on: redis.loop) { _, _ in .success() }
            try await eventually("promotion was told") { try await store.duties()["promote"] != nil }
            let (now, promoted) = (
                try await RedisServer(client: redis.client).now(), try #require(try await store.duties()["promote"])
            )
            #expect((now - 30_000...now + 1000).contains(promoted))
            try await worker.stop()
            #expect(CounterName.roundTrips(in: try await store.counts()).count > 0)
        }
    }

    @Test func `a full Redis is told again when it has room`() async throws {
        try await withPrivateRedis { redis in
            let client = redis.newClient()
            defer { client.close() }
            let (queue, store) = (JobQueue("q", client: client), CounterStore(client: client))
            let worker = try await TestWorker.start(redis.configuration, on: redis.loop) { _, _ in .success() }
            try await queue.add(10)
            _ = try await client.call("CONFIG", "SET", "maxmemory", "1")
            let refused = try await store.add([CounterIncrement("cw:metrics", "x", by: 1)]).refused
            #expect(refused.count == 1)
            try await queue.untilIdle()
            // What the worker told meanwhile was refused.
            await worker.worker.tellCounts()
            #expect(try await store.counts(of: "q").isEmpty)
            _ = try await client.call("CONFIG", "SET", "maxmemory", "0")
            try await worker.stop()
            #expect(try await store.counts(of: "q")["test.job"]?.ended == ["done": 10])
        }
    }
}
