import JobQueue
import Jobs
import Platform
import RedisClient
import Synchronization
import TestSupport
import Testing
import WorkerRuntime

@Suite("What a handler's outcome comes to", .timeLimit(.minutes(1)))
struct OutcomeTests {
    /// Runs one job until the queue is idle.
    private func outcome(
        of body: @escaping @Sendable (TestJob, JobContext) async throws -> Outcome
    ) async throws -> (statistics: QueueStatistics, dead: [String: String]) {
        let result = Mutex<(QueueStatistics, [String: String])?>(nil)
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let worker = try await TestWorker.start(redis.configuration, on: redis.loop, run: body)
            try await queue.add()
            try await queue.untilIdle()
            try await worker.stop()
            let answer = try await (queue.statistics(), DeadLetters.only(of: queue, redis.client))
            result.withLock { $0 = answer }
        }
        return try #require(result.withLock { $0 })
    }

    @Test func `success is done`() async throws {
        let (statistics, dead) = try await outcome { _, _ in .success() }
        #expect(statistics.counters == ["done": 1] && dead.isEmpty)
    }

    @Test func `an error is retried with rising attempts, then buried with its last words`() async throws {
        let attempts = Mutex<[Int]>([])
        let mayRetry = Mutex<[Bool]>([])
        let (statistics, dead) = try await outcome { _, context in
            attempts.withLock { $0.append(context.attempt) }
            mayRetry.withLock { $0.append(context.mayRetry) }
            throw TestError(description: "failure \(context.attempt)")
        }
        #expect(attempts.withLock { $0 } == [1, 2, 3])
        #expect(mayRetry.withLock { $0 } == [true, true, false])
        #expect(statistics.counters == ["retried": 2, "dead": 1])
        #expect(dead["reason"] == "failures" && dead["error"] == "failure 3" && dead["attempt"] == "3")
    }

    @Test func `a job that fails once is done the second time`() async throws {
        let (statistics, dead) = try await outcome { _, context in
            if context.attempt == 1 { return .retry(TestError(description: "once")) }
            return .success()
        }
        #expect(statistics.counters == ["retried": 1, "done": 1] && dead.isEmpty)
    }

    @Test func `the type decides what an error that was thrown comes to`() async throws {
        var (statistics, dead) = try await outcome { _, _ in
            throw DecidedError { .bury(reason: "hopeless at attempt \($0)") }
        }
        #expect(statistics.counters == ["dead": 1])
        #expect(
            dead["reason"] == "buried" && dead["error"] == "hopeless at attempt 1" && dead["kind"] == "DecidedError")
        (statistics, dead) = try await outcome { _, _ in throw DecidedError { _ in .discard(reason: "late") } }
        #expect(statistics.counters == ["discarded": 1] && dead.isEmpty)
        (statistics, dead) = try await outcome { _, _ in
            throw DecidedError { $0 == 3 ? nil : .retry(TestError(description: "again"), after: .milliseconds(1)) }
        }
        #expect(statistics.counters == ["retried": 2, "dead": 1] && dead["error"] == "decided")
    }

    @Test func `an open circuit breaker snoozes and burns no attempt`() async throws {
        let calls = Mutex(0)
        let (statistics, _) = try await outcome { _, context in
            #expect(context.attempt == 1)
            let call = calls.withLock { calls in
                calls += 1
                return calls
            }
            if call < 3 { throw CircuitOpen(dependency: "mail", retryAfter: .milliseconds(1)) }
            return .success()
        }
        #expect(statistics.counters == ["snoozed": 2, "done": 1])
    }

    @Test func `a job without time left for a retry is buried`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let log = CollectedLog()
            let policy = RetryPolicy(
                maxRetries: 1000, base: .milliseconds(1), cap: .milliseconds(1), retryFor: .milliseconds(200))
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop, log: log,
                registry: { $0.adjust(TestJob.type, retryPolicy: policy) }
            ) { _, _ in throw TestError(description: "no route") }
            try await queue.add()
            try await queue.untilIdle()
            try await worker.stop()
            let dead = try await DeadLetters.only(of: queue, redis.client)
            #expect(dead["reason"] == "too_late" && dead["error"]?.hasPrefix("no route (No retry: ") == true)
            #expect(dead["kind"] == "TestError")
            let history = try #require(AttemptHistory(json: (dead["history"] ?? "").utf8))
            #expect("\(history.attempts.count + history.omitted)" == dead["attempt"])
            #expect(log.lines.contains { $0.message == "buried" && $0.level == .error })
        }
    }

    @Test func `a job enqueues another`() async throws {
        let ran = Mutex<[Int]>([])
        let (statistics, _) = try await outcome { job, context in
            ran.withLock { $0.append(job.number) }
            if job.number < 2 {
                try await context.enqueue(NewJob(TestJob(number: job.number + 1), queue: context.queue))
            }
            return .success()
        }
        #expect(ran.withLock { $0 } == [0, 1, 2] && statistics.counters == ["done": 3])
    }

    @Test func `discarded is counted and leaves nothing`() async throws {
        let (statistics, dead) = try await outcome { _, _ in .discard(reason: "nobody is left to greet") }
        #expect(statistics.counters == ["discarded": 1] && dead.isEmpty)
    }

    @Test func `buried is dead at once`() async throws {
        let (statistics, dead) = try await outcome { _, _ in .bury(reason: "no such course") }
        #expect(statistics.counters == ["dead": 1])
        #expect(dead["reason"] == "buried" && dead["error"] == "no such course" && dead["attempt"] == "1")
    }

    @Test func `snoozed comes back with its attempt unchanged`() async throws {
        let attempts = Mutex<[Int]>([])
        let (statistics, _) = try await outcome { _, context in
            let count = attempts.withLock { attempts in
                attempts.append(context.attempt)
                return attempts.count
            }
            return count < 4 ? .snooze(.milliseconds(1)) : .success()
        }
        #expect(attempts.withLock { $0 } == [1, 1, 1, 1])
        #expect(statistics.counters == ["snoozed": 3, "done": 1])
    }

    @Test func `a deadline cancels the attempt, which counts as failed`() async throws {
        let attempts = Mutex<[Int]>([])
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop,
                registry: {
                    $0.adjust(
                        TestJob.type, retryPolicy: RetryPolicy(maxRetries: 1, base: .zero, cap: .zero),
                        deadline: .after(.milliseconds(50)))
                }
            ) { _, context in
                attempts.withLock { $0.append(context.attempt) }
                try await Task.sleep(for: .seconds(100))
                return .success()
            }
            try await queue.add()
            try await queue.untilIdle()
            try await worker.stop()
            let dead = try await DeadLetters.only(of: queue, redis.client)
            #expect(attempts.withLock { $0 } == [1, 2])
            #expect(dead["reason"] == "failures")
            #expect(dead["error"] == "It took longer than its deadline (0.05 seconds).")
        }
    }

    @Test func `a handler that ends well in spite of its deadline has ended well`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop,
                registry: { $0.adjust(TestJob.type, deadline: .after(.milliseconds(50))) }
            ) { _, _ in
                while !Task.isCancelled { try? await Task.sleep(for: .milliseconds(5)) }
                return .success()
            }
            try await queue.add()
            try await queue.untilIdle()
            try await worker.stop()
            #expect(try await queue.statistics().counters == ["done": 1])
        }
    }

    @Test func `a tracked job tells its progress and its result`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let seen = Promise<JobID>()
            let goOn = Promise<Void>()
            let worker = try await TestWorker.start(redis.configuration, on: redis.loop) { _, context in
                await context.report(progress: 7)
                await context.report(progress: .nan)
                await context.report(progress: 0.5)
                seen.complete(with: context.id)
                await goOn.wait()
                return .success(try JobResult(encoding: ["pages": 3]))
            }
            var new = try NewJob(TestJob(number: 1), queue: "q")
            new.trackFor = .seconds(100)
            let id = try await queue.enqueue(new)
            #expect(try await value(of: seen, "the job runs") == id)
            let active = try #require(try await queue.status(of: id))
            #expect(active.state == "active" && active.progress == 0.5)
            goOn.complete(with: ())
            let waiting = redis.newClient()
            defer { waiting.close() }
            let end = try #require(try await queue.waitForEnd(of: id, for: .seconds(30), through: waiting))
            #expect(end.state == "done" && end.result == "{\"pages\":3}")
            try await worker.stop()
        }
    }

    @Test func `a tracked job that is discarded says why`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let worker = try await TestWorker.start(redis.configuration, on: redis.loop) { _, _ in
                .discard(reason: "too late")
            }
            var new = try NewJob(TestJob(), queue: "q")
            new.trackFor = .seconds(100)
            let id = try await queue.enqueue(new)
            let end = try await queue.waitForEnd(of: id, for: .seconds(30), through: redis.client)
            #expect(end?.state == "discarded" && end?.result == "too late")
            try await worker.stop()
        }
    }
}
