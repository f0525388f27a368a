import JobQueue
import Jobs
import Platform
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

    @Test func `a job opens a batch elsewhere, is snoozed while its members run, and is done after them`() async throws
    {
        try await withRedis { redis in
            let isSeen = Promise<Void>()
            let seen = Mutex<[BatchProgress]>([])
            let results = Promise<[String]>()
            let worker = try await TestWorker.start(redis.configuration, on: redis.loop, queues: ["q", "r"]) {
                job, context in
                guard job.number == 0 else {
                    if job.number == 1 { await isSeen.wait() }
                    return .success(try JobResult(encoding: job.number))
                }
                var batch = JobBatch(BatchID(of: context.id, in: "r"))
                batch.jobs = try (1...3).map { try NewJob(TestJob(number: $0), queue: "r") }
                batch.keepResults = 1000
                // Again in each run: it adds nothing.
                try await context.enqueue(batch)
                let progress = try #require(try await context.progress(of: batch.id))
                seen.withLock { $0.append(progress) }
                await context.report(progress: 0.5, remaining: .seconds(60))
                guard progress.hasEnded else { return .snooze(.milliseconds(5)) }
                let found = try await context.results(of: batch.id).values
                results.complete(with: found.map { String(decoding: $0.json, as: UTF8.self) }.sorted())
                return .success()
            }
            let queue = JobQueue("q", client: redis.client)
            var new = try NewJob(TestJob(number: 0), queue: "q")
            new.trackFor = .seconds(100)
            let id = try await queue.enqueue(new)
            try await eventually("it is snoozed, and who looks sees how far it is") {
                guard let status = try await queue.status(of: id), status.state == "retrying" else { return false }
                return status.progress == 0.5 && status.remaining != nil
            }
            isSeen.complete(with: ())
            #expect(try await value(of: results, "it is done") == ["1", "2", "3"])
            try await queue.untilIdle()
            try await worker.stop()
            #expect(seen.withLock { $0.first.map { $0.total == 3 && $0.pending > 0 && !$0.hasEnded } } == true)
            #expect(seen.withLock { $0.last } == BatchProgress(done: 3, hasEnded: true))
            #expect(try await JobQueue("r", client: redis.client).batches().map(\.total) == [3])
        }
    }

    @Test func `a job cancels its batch, and knows which jobs are pending`() async throws {
        try await withRedis { redis in
            let told = Promise<[Bool]>()
            let worker = try await TestWorker.start(redis.configuration, on: redis.loop) { _, context in
                var batch = JobBatch(BatchID(of: context.id, in: "r"))
                batch.jobs = [try NewJob(TestJob(number: 1), queue: "r")]
                batch.jobs[0].trackFor = .seconds(100)
                try await context.enqueue(batch)
                var lone = try NewJob(TestJob(number: 1), queue: "r")
                lone.delay = .seconds(600)
                let waits = try await context.enqueue(lone)
                let member = try #require(JobID(queue: "r", token: batch.id.token + "-0"))
                let never = try #require(JobID("r:never"))
                var answers: [Bool] = []
                for id in [waits, member, never] { answers.append(try await context.isPending(id)) }
                try await context.cancel(batch.id)
                answers.append(try await context.isPending(member))
                #expect(try await context.progress(of: batch.id)?.isCancelled == true)
                #expect(try await context.progress(of: try #require(BatchID("r:never"))) == nil)
                await #expect(throws: StrayMember.self) {
                    var stray = JobBatch(queue: "q")
                    stray.jobs = batch.jobs
                    try await context.enqueue(stray)
                }
                told.complete(with: answers)
                return .success()
            }
            try await JobQueue("q", client: redis.client).add()
            #expect(try await value(of: told, "it ran") == [true, true, false, false])
            try await worker.stop()
        }
    }

    @Test func `a job that was taken away opens and cancels nothing`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let (running, taken, refused) = (Promise<Void>(), Promise<Void>(), Promise<[String]>())
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop, options: { $0.renewEvery = .seconds(600) }
            ) { _, context in
                var batch = JobBatch(BatchID(of: context.id))
                batch.jobs = [try NewJob(TestJob(number: 1), queue: "q")]
                running.complete(with: ())
                await taken.wait()
                try? await context.confirmOwnership()
                var errors: [String] = []
                do { try await context.enqueue(batch) } catch { errors.append("\(type(of: error))") }
                do { try await context.cancel(batch.id) } catch { errors.append("\(type(of: error))") }
                refused.complete(with: errors)
                return .success()
            }
            try await queue.add(1)
            try await value(of: running, "the job runs")
            let thief = WorkerID(host: "thief", process: 9)
            try await queue.join(thief)
            try await eventually("the job is taken") {
                try await !queue.rescue(for: thief, lease: .zero, limit: 1).jobs.isEmpty
            }
            taken.complete(with: ())
            #expect(try await value(of: refused, "it asked") == ["JobTakenAway", "JobTakenAway"])
            try await worker.stop()
            #expect(try await queue.batches().isEmpty)
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
