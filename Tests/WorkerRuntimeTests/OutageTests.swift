import JobQueue
import Jobs
import Platform
import RedisClient
import TestSupport
import Testing
import WorkerRuntime

@Suite("Redis that goes away", .timeLimit(.minutes(2)))
struct OutageTests {
    /// With `appendfsync always`, what Redis acknowledged is on disk; without an answer, the job may be there or not.
    @Test func `killed twice in the middle of a run, no job is lost`() async throws {
        try await withPrivateRedis(fsync: "always") { redis in
            let client = redis.newClient()
            defer { client.close() }
            let queue = JobQueue("q", client: client)
            try await queue.add(600)
            let ran = Tally<Int>()
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop,
                options: {
                    $0.lease = .seconds(2)
                    $0.renewEvery = .milliseconds(300)
                }
            ) { job, context in
                ran.add(job.number)
                try await Task.sleep(for: .milliseconds(4))
                if job.number % 50 == 0, context.attempt == 1 { throw TestError(description: "once") }
                return .success()
            }
            for mark in [150, 400] {
                try await eventually("a part has run") { ran.counts.count >= mark }
                await redis.kill()
                try await redis.start()
            }
            try await queue.untilIdle()
            try await worker.stop()
            #expect(ran.counts.count == 600)
            let statistics = try await queue.statistics()
            #expect(statistics.counters["done"] == 600 && statistics.dead == 0)
            // Each restart may run again what was on its way: the slots, and what was held ahead.
            #expect(ran.total < 700)
        }
    }

    @Test func `a server that comes back empty is served again`() async throws {
        try await withPrivateRedis { redis in
            let client = redis.newClient()
            defer { client.close() }
            let queue = JobQueue("q", client: client)
            let ran = Tally<Int>()
            let worker = try await TestWorker.start(redis.configuration, on: redis.loop) { job, _ in
                ran.add(job.number)
                return .success()
            }
            try await queue.add(5)
            try await eventually("the first ran") { ran.total == 5 }
            await redis.kill()
            try await redis.start()
            try await queue.add(5, from: 100)
            try await eventually("the others ran") { ran.counts.count == 10 }
            try await queue.untilIdle()
            try await worker.stop()
        }
    }

    @Test func `a worker that finds no server waits for it, and says so once`() async throws {
        try await withPrivateRedis { redis in
            await redis.kill()
            var configuration = redis.configuration
            configuration.commandTimeout = .milliseconds(100)
            let log = CollectedLog()
            let worker = TestWorker.make(configuration, on: redis.loop, log: log) { _, _ in .success() }
            let ready = worker.run()
            try await eventually("it complains") { !log.lines.isEmpty }
            try await redis.start()
            try await value(of: ready, "it takes jobs")
            try await worker.stop()
            #expect(log.lines.filter { $0.message.hasPrefix("Redis trouble") }.count == 1)
        }
    }

    @Test func `a server that evicts is refused`() async throws {
        try await withPrivateRedis(["--maxmemory-policy", "volatile-ttl"]) { redis in
            let worker = TestWorker.make(redis.configuration, on: redis.loop) { _, _ in .success() }
            _ = worker.run()
            let error = try await value(of: worker.ended, "it ends by itself")
            #expect(error?.contains("set maxmemory-policy noeviction") == true)
        }
    }
}
