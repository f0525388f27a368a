import JobQueue
import Jobs
import Platform
import RedisClient
import Synchronization
import TestSupport
import Testing
import WorkerRuntime

@Suite("Workers and their queues", .timeLimit(.minutes(2)))
struct SharingTests {
    @Test func `five thousand jobs run once each, through two workers with event loops of their own`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let other = try EventLoop(name: "other")
            defer { other.stop() }
            let ran = Tally<Int>()
            let body: @Sendable (TestJob, JobContext) async throws -> Outcome = { job, _ in
                ran.add(job.number)
                return .success()
            }
            try await queue.add(2000)
            let first = try await TestWorker.start(redis.configuration, on: redis.loop, run: body)
            let second = try await TestWorker.start(redis.configuration, on: other, run: body)
            try await queue.add(3000, from: 2000)
            try await queue.untilIdle()
            try await first.stop()
            try await second.stop()
            #expect(ran.counts.count == 5000 && ran.total == 5000)
            #expect(try await queue.statistics().counters["done"] == 5000)
        }
    }

    @Test func `what a dead worker held is run by another`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            try await FunctionLibrary(client: redis.client).ensure()
            let dead = WorkerID(host: "dead", process: 9)
            try await queue.join(dead)
            try await queue.add(10)
            let claimer = JobClaimer(queues: ["q"], worker: dead, client: redis.client)
            #expect(try await claimer.claim(from: 0, count: 10).count == 10)
            let ran = Tally<Int>()
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop, options: { $0.lease = .milliseconds(200) }
            ) { job, _ in
                ran.add(job.number)
                return .success()
            }
            try await queue.untilIdle()
            try await worker.stop()
            #expect(ran.counts.count == 10)
            #expect(try await queue.statistics().counters["rescued"] == 10)
        }
    }

    @Test func `the first queue gets every slot, and the last is not starved`() async throws {
        try await withRedis { redis in
            let urgent = JobQueue("urgent", client: redis.client)
            let slow = JobQueue("slow", client: redis.client)
            try await urgent.add(60)
            try await slow.add(60, from: 1000)
            let order = Mutex<[Int]>([])
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop, queues: ["urgent", "slow"], options: { $0.slots = 1 }
            ) { job, _ in
                order.withLock { $0.append(job.number) }
                try await Task.sleep(for: .milliseconds(60))
                return .success()
            }
            try await urgent.untilIdle()
            worker.worker.hurry()
            try await worker.stop()
            let first = order.withLock { Array($0.prefix(60)) }
            let stolen = first.filter { $0 >= 1000 }.count
            // One a second of those 60 ms each.
            #expect((1...12).contains(stolen))
        }
    }

    @Test func `an urgent job is claimed while the worker is full of others, and has the next slot`() async throws {
        try await withRedis { redis in
            let urgent = JobQueue("urgent", client: redis.client)
            let low = JobQueue("low", client: redis.client)
            let order = Mutex<[Int]>([])
            let (opens, began) = (Promise<Void>(), Promise<Void>())
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop, queues: ["urgent", "low"], options: { $0.slots = 1 }
            ) { job, _ in
                order.withLock { $0.append(job.number) }
                guard job.number == 100 else { return .success() }
                began.complete(with: ())
                await opens.wait()
                return .success()
            }
            // Short jobs first, so that it claims ahead; then one that keeps its slot, before many.
            try await low.add(5000)
            try await value(of: began, "the only slot is taken")
            try await eventually("an urgent job is claimed before others are handed back") {
                let released = try await low.heldByOneThatIsFull()
                try await urgent.add(1, from: -1)
                try await eventually("the urgent job is claimed") { try await urgent.statistics().ready == 0 }
                return try await low.statistics().counters["released"] == released
            }
            opens.complete(with: ())
            try await low.untilIdle()
            try await worker.stop()
            let ran = order.withLock { $0 }
            #expect(ran.firstIndex(of: -1) == ran.firstIndex(of: 100).map { $0 + 1 })
        }
    }

    @Test func `a weighted worker serves all its queues`() async throws {
        try await withRedis { redis in
            let queues: [QueueName] = ["a", "b", "c"]
            for queue in queues { try await JobQueue(queue, client: redis.client).add(100) }
            let ran = Tally<QueueName>()
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop, queues: queues,
                options: { $0.order = .weighted(["a": 6, "b": 3, "c": 1]) }
            ) { _, context in
                ran.add(context.queue)
                return .success()
            }
            for queue in queues { try await JobQueue(queue, client: redis.client).untilIdle() }
            try await worker.stop()
            #expect(ran.counts == ["a": 100, "b": 100, "c": 100])
        }
    }

    @Test func `a key that is no queue is complained about while the others are served`() async throws {
        try await withRedis { redis in
            let log = CollectedLog()
            let good = JobQueue("good", client: redis.client)
            _ = try await redis.client.call("SET", "cw:{bad}", "mine")
            let ran = Tally<Int>()
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop, queues: ["bad", "good"], log: log
            ) { job, _ in
                ran.add(job.number)
                return .success()
            }
            try await good.add(20)
            try await good.untilIdle()
            #expect(log.lines.contains { $0.level == .error && $0.message.contains("cw:{bad} is not a queue") })
            // It becomes one while the worker runs.
            _ = try await redis.client.call("SET", "cw:{good}", "mine now")
            try await eventually("the change is noticed") {
                log.lines.contains { $0.message.contains("cw:{good} is not a queue") }
            }
            try await worker.stop()
            #expect(ran.total == 20)
            #expect(try await redis.client.call("GET", "cw:{bad}").string == "mine")
        }
    }

    @Test func `a queue that is deleted under a worker is made again`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let ran = Tally<Int>()
            let worker = try await TestWorker.start(redis.configuration, on: redis.loop) { job, _ in
                ran.add(job.number)
                return .success()
            }
            _ = try await redis.client.call("FLUSHDB")
            try await queue.add(20)
            try await eventually("all ran") { ran.total == 20 }
            try await worker.stop()
        }
    }

    @Test func `delayed jobs run when they are due, not before`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let ran = Promise<MonotonicTime>()
            let worker = try await TestWorker.start(redis.configuration, on: redis.loop) { _, _ in
                ran.complete(with: .now)
                return .success()
            }
            let begin = MonotonicTime.now
            var new = try NewJob(TestJob(), queue: "q")
            new.delay = .milliseconds(300)
            _ = try await queue.enqueue(new)
            let time = try await value(of: ran, "the job runs")
            #expect(time.since(begin) >= .milliseconds(299))
            try await queue.untilIdle()
            try await worker.stop()
        }
    }
}

extension JobQueue {
    /// Waits until the only worker claims no more.
    /// - Returns: how many jobs were handed back before.
    fileprivate func heldByOneThatIsFull() async throws -> Int? {
        var (held, readings) = (-1, 0)
        try await eventually("the worker holds all that it may") {
            let active = try await self.statistics().active
            readings = active == held ? readings + 1 : 0
            held = active
            return readings == 20
        }
        return try await statistics().counters["released"]
    }
}
