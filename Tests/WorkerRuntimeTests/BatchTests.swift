import JobQueue
import Jobs
import RedisClient
import Synchronization
import TestSupport
import Testing
import WorkerRuntime

@Suite("Batches in a worker", .timeLimit(.minutes(1)))
struct BatchTests {
    @Test func `a member adds members, and the callback reads what became of all`() async throws {
        try await withRedis { redis in
            let told = Mutex<[BatchSummary]>([])
            let results = Mutex<[String]>([])
            let worker = try await TestWorker.start(redis.configuration, on: redis.loop) { job, context in
                let batch = try #require(context.batch)
                if let summary = batch.summary {
                    told.withLock { $0.append(summary) }
                    let found = try await batch.results().values.map { String(decoding: $0.json, as: UTF8.self) }
                    results.withLock { $0 = found.sorted() }
                    return .success()
                }
                if job.number > 0 { try await batch.add(try NewJob(TestJob(number: job.number - 1), queue: "q")) }
                return .success(JobResult(json: Array("\(job.number)".utf8)))
            }
            let queue = JobQueue("q", client: redis.client)
            var batch = JobBatch(queue: "q")
            batch.name = "grow"
            batch.jobs = [try NewJob(TestJob(number: 4), queue: "q")]
            batch.onSuccess = try NewJob(TestJob(), queue: "q")
            batch.keepResults = 1000
            let id = try await queue.enqueue(batch)
            try await queue.untilIdle()
            try await worker.stop()
            let summary = try #require(told.withLock { $0.first })
            #expect(told.withLock { $0.count } == 1)
            #expect(summary.id == id && summary.event == .success && summary.name == "grow")
            #expect(summary.total == 5 && summary.done == 5)
            #expect(results.withLock { $0 } == ["0", "1", "2", "3", "4"])
        }
    }

    @Test func `a chain hands results on, across queues`() async throws {
        try await withRedis { redis in
            let seen = Mutex<[Int]>([])
            let worker = try await TestWorker.start(redis.configuration, on: redis.loop, queues: ["q", "r"]) {
                job, context in
                let before = try context.input(as: Int.self) ?? 0
                seen.withLock { $0.append(before) }
                return .success(try JobResult(encoding: before + job.number))
            }
            let queues = ["q", "r"].map { JobQueue(QueueName(stringLiteral: $0), client: redis.client) }
            let chain = try NewJob(TestJob(number: 1), queue: "q").then(
                (2...6).map { try NewJob(TestJob(number: $0), queue: $0 % 2 == 0 ? "r" : "q") })
            _ = try await queues[0].enqueue(chain)
            try await eventually("the last link ran") { seen.withLock { $0.count } == 6 }
            for queue in queues { try await queue.untilIdle() }
            try await worker.stop()
            #expect(seen.withLock { $0 } == [0, 1, 3, 6, 10, 15])
        }
    }

    @Test func `a job whose links are malformed is parked before it runs`() async throws {
        try await withRedis { redis in
            let runs = Mutex(0)
            let worker = try await TestWorker.start(redis.configuration, on: redis.loop) { _, _ in
                runs.withLock { $0 += 1 }
                return .success()
            }
            let queue = JobQueue("q", client: redis.client)
            _ = try await redis.client.call(
                "XADD", queue.keys.stream, "*", "type", "test.job", "args", #"{"number":1}"#, "then",
                #"[{"type":"t.x"}]"#)
            try await eventually("it is dead") { try await queue.statistics().dead == 1 }
            let dead = try await DeadLetters.only(of: queue, redis.client)
            #expect(dead["reason"] == "malformed")
            #expect(
                dead["error"]
                    == "The field then has a link whose args are no JSON text in a string; the job was not run.")
            #expect(runs.withLock { $0 } == 0)
            try await worker.stop()
        }
    }

    @Test func `a member is told who stands for what it adds, and that a job of another queue is none`() async throws {
        try await withRedis { redis in
            let told = Mutex<[JobID]>([])
            let refused = Mutex<(any Error)?>(nil)
            let worker = try await TestWorker.start(redis.configuration, on: redis.loop) { job, context in
                guard job.number == 0 else { return .success() }
                let batch = try #require(context.batch)
                var more = try NewJob(TestJob(number: 1), queue: "q")
                more.idempotencyKey = IdempotencyKey("k")
                let ids = try await batch.add(more, more)
                told.withLock { $0 = ids }
                do { try await batch.add(try NewJob(TestJob(number: 2))) } catch { refused.withLock { $0 = error } }
                return .success()
            }
            let queue = JobQueue("q", client: redis.client)
            var batch = JobBatch(queue: "q")
            batch.jobs = [try NewJob(TestJob(), queue: "q")]
            let id = try await queue.enqueue(batch)
            try await queue.untilIdle()
            try await worker.stop()
            let ids = told.withLock { $0 }
            #expect(ids.count == 2 && ids.first == ids.last)
            #expect(refused.withLock { $0 } is StrayMember)
            #expect(try await queue.batch(id)?.total == 2)
        }
    }

    @Test func `a result that is too large to be passed on is a dead letter that says so`() async throws {
        try await withRedis { redis in
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop, options: { $0.argsBytesLimit = 100 }
            ) { _, _ in
                .success(JobResult(json: Array(repeating: UInt8(ascii: "7"), count: 101)))
            }
            let queue = JobQueue("q", client: redis.client)
            _ = try await queue.enqueue(try NewJob(TestJob(), queue: "q").then(try NewJob(TestJob(), queue: "q")))
            try await eventually("it is dead") { try await queue.statistics().dead == 1 }
            let dead = try await DeadLetters.only(of: queue, redis.client)
            #expect(dead["error"]?.hasPrefix("The result is 101 bytes and at most 100 can be passed on") == true)
            try await worker.stop()
        }
    }
}
