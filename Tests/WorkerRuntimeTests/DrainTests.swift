import JobQueue
import Jobs
import Platform
import RedisClient
import Synchronization
import TestSupport
import Testing
import WorkerRuntime

@Suite("Draining", .timeLimit(.minutes(1)))
struct DrainTests {
    @Test func `waits for running jobs and claims no more`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let (running, goOn) = (Promise<Void>(), Promise<Void>())
            let worker = try await TestWorker.start(redis.configuration, on: redis.loop, options: { $0.slots = 1 }) {
                _, _ in
                running.complete(with: ())
                while goOn.value == nil { try await Task.sleep(for: .milliseconds(5)) }
                return .success()
            }
            try await queue.add()
            try await value(of: running, "the job runs")
            worker.worker.drain()
            try await queue.add()
            #expect(worker.ended.value == nil)
            goOn.complete(with: ())
            #expect(try await worker.stop() == nil)
            let statistics = try await queue.statistics()
            #expect(statistics.counters["done"] == 1)
            #expect(statistics.ready == 1 && statistics.active == 0)
        }
    }

    @Test func `after its time it cancels, and hands back with the attempt unchanged and no lease held`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let running = Promise<Void>()
            let first = try await TestWorker.start(
                redis.configuration, on: redis.loop, options: { $0.drain = .milliseconds(100) }
            ) { _, _ in
                running.complete(with: ())
                try await Task.sleep(for: .seconds(100))
                return .success()
            }
            try await queue.add()
            try await value(of: running, "the job runs")
            try await first.stop()
            let statistics = try await queue.statistics()
            #expect(statistics.ready == 1 && statistics.active == 0 && statistics.counters == ["released": 1])
            let stream = queue.keys.stream
            let pending = Array(try await redis.client.call("XPENDING", stream, "workers", "-", "+", "9").elements)
            #expect(pending.first?.elements.compactMap(\.string).last == "released")

            let attempts = Tally<Int>()
            let second = try await TestWorker.start(redis.configuration, on: redis.loop) { _, context in
                attempts.add(context.attempt)
                return .success()
            }
            try await queue.untilIdle()
            try await second.stop()
            #expect(attempts.counts == [1: 1])
            // Every worker has left without a trace.
            #expect(try await redis.client.call("SCARD", stream + ":intact").integer == 0)
        }
    }

    @Test func `a handler deaf to cancellation does not hold it up, and its job is handed back`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let (running, goOn) = (Promise<Void>(), Promise<Void>())
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop, options: { $0.drain = .milliseconds(50) }
            ) { _, _ in
                running.complete(with: ())
                await goOn.wait()
                return .success()
            }
            try await queue.add()
            try await value(of: running, "the job runs")
            let begin = MonotonicTime.now
            try await worker.stop()
            #expect(MonotonicTime.now.since(begin) < .seconds(15))
            #expect(try await queue.statistics().counters == ["released": 1])
            goOn.complete(with: ())
        }
    }

    @Test func `a Redis that hangs does not hold it up for longer than its last words may take`() async throws {
        try await withPrivateRedis { redis in
            let queue = JobQueue("q", client: redis.newClient())
            let running = Promise<Void>()
            // A claim waits at Redis for five seconds more than this.
            var patient = redis.configuration
            patient.commandTimeout = .seconds(60)
            let worker = try await TestWorker.start(
                patient, on: redis.loop, options: { $0.drain = .milliseconds(100) }
            ) { _, _ in
                running.complete(with: ())
                try await Task.sleep(for: .seconds(600))
                return .success()
            }
            try await queue.add()
            try await value(of: running, "the job runs")
            redis.freeze()
            worker.worker.drain()
            // A second each for the handler, the claims, the records and the farewell.
            _ = try await value(of: worker.ended, within: .seconds(30), "the worker ended")
            redis.thaw()
        }
    }

    @Test func `hurrying does not wait for the drain time`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let running = Promise<Void>()
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop, options: { $0.drain = .seconds(600) }
            ) { _, _ in
                running.complete(with: ())
                try await Task.sleep(for: .seconds(600))
                return .success()
            }
            try await queue.add()
            try await value(of: running, "the job runs")
            worker.worker.drain()
            worker.worker.hurry()
            try await worker.stop()
            #expect(try await queue.statistics().counters == ["released": 1])
        }
    }

    @Test func `jobs held ahead are handed back, and all are done in the end`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let ran = Tally<Int>()
            try await queue.add(3000)
            let first = try await TestWorker.start(redis.configuration, on: redis.loop) { job, _ in
                ran.add(job.number)
                return .success()
            }
            try await eventually("some are done") { ran.total > 100 }
            try await first.stop()
            #expect(try await queue.statistics().active == 0)
            let second = try await TestWorker.start(redis.configuration, on: redis.loop) { job, _ in
                ran.add(job.number)
                return .success()
            }
            try await queue.untilIdle()
            try await second.stop()
            #expect(ran.counts.count == 3000 && ran.total == 3000)
        }
    }

    @Test func `told before it runs, it ends at once; told twice, it ends once`() async throws {
        try await withRedis { redis in
            let worker = TestWorker.make(redis.configuration, on: redis.loop) { _, _ in .success() }
            worker.worker.drain()
            worker.worker.drain()
            _ = worker.run()
            let error = try await worker.stop()
            #expect(error == nil)
        }
    }

    @Test func `an idle worker ends without waiting for its claim to time out`() async throws {
        try await withRedis { redis in
            let worker = try await TestWorker.start(redis.configuration, on: redis.loop) { _, _ in .success() }
            try await eventually("the claim waits at the server") {
                try await redis.client.call("CLIENT", "LIST").string?.split(separator: "\n").contains {
                    $0.contains("db=\(redis.configuration.database) ") && $0.contains("cmd=xreadgroup")
                        && $0.contains("flags=b")
                } == true
            }
            let begin = MonotonicTime.now
            try await worker.stop()
            #expect(MonotonicTime.now.since(begin) < .seconds(4.5))
        }
    }
}
