import FoundationEssentials
import JobTesting
import Jobs
import Synchronization
import Testing

@Suite("Captured jobs", .timeLimit(.minutes(1)))
struct CapturedJobsTests {
    private struct Count: Job {
        static let type: JobType = "test.count"
        static let payloadSchema = PayloadSchema.any
        static let retryPolicy = RetryPolicy(maxRetries: 2)

        var down: Int
    }

    private struct Handler: JobHandler {
        let body: @Sendable (Count, JobContext) async throws -> Outcome

        func handle(_ job: Count, context: JobContext) async throws -> Outcome { try await body(job, context) }
    }

    private struct Failure: Error {}

    private func registry(
        _ body: @escaping @Sendable (Count, JobContext) async throws -> Outcome
    ) -> JobRegistry {
        var registry = JobRegistry()
        registry.register(Handler(body: body))
        return registry
    }

    @Test func `are kept in their order, with what was said of them`() async throws {
        let jobs = CapturedJobs()
        var later = try NewJob(Count(down: 1), queue: "slow")
        later.delay = .seconds(60)
        try await jobs.enqueue(Count(down: 7))
        let id = try await jobs.enqueue(later)
        #expect(jobs.all.map(\.job.queue) == ["default", "slow"] && jobs.all[1].job.delay == .seconds(60))
        #expect(jobs.all[1].id == id)
        #expect(try jobs.payloads(of: Count.self).map(\.down) == [7, 1])
    }

    @Test func `with one idempotency key are one job`() async throws {
        let jobs = CapturedJobs()
        var job = try NewJob(Count(down: 1))
        job.idempotencyKey = IdempotencyKey("welcome-4711")
        let first = try await jobs.enqueue(job)
        #expect(try await jobs.enqueue(job) == first && jobs.all.count == 1)
    }

    @Test func `are drained with those that they enqueue`() async throws {
        let jobs = CapturedJobs()
        try await jobs.enqueue(Count(down: 3))
        let runs = try await jobs.drain(
            through: registry { job, context in
                if job.down > 0 { try await context.enqueue(Count(down: job.down - 1)) }
                return .success(try JobResult(encoding: job.down))
            })
        #expect(runs.map { String(decoding: $0.outcome.result?.json ?? [], as: UTF8.self) } == ["3", "2", "1", "0"])
        #expect(jobs.all.isEmpty)
    }

    @Test func `that fail are tried as often as their policy says`() async throws {
        let jobs = CapturedJobs()
        try await jobs.enqueue(Count(down: 1))
        let runs = try await jobs.drain(through: registry { _, _ in throw Failure() })
        #expect(runs.map(\.attempt) == [1, 2, 3])
    }

    @Test func `are not tried again when the time for it is over`() async throws {
        let (jobs, test) = (CapturedJobs(), TestJob())
        var handlers = registry { _, context in
            try await context.sleep(for: .seconds(40))
            throw Failure()
        }
        handlers.adjust(Count.type, retryPolicy: RetryPolicy(base: .zero, cap: .zero, retryFor: .seconds(100)))
        try await jobs.enqueue(Count(down: 1))
        #expect(try await jobs.drain(through: handlers, as: test).map(\.attempt) == [1, 2, 3])
    }

    @Test func `are run when they are due, by a clock that does not wait`() async throws {
        let (jobs, test) = (CapturedJobs(), TestJob())
        let start = test.clock.now
        for hours in [3, 1, 2] {
            var job = try NewJob(Count(down: hours))
            job.delay = .seconds(3600 * hours)
            try await jobs.enqueue(job)
        }
        let times = Mutex<[Double]>([])
        try await jobs.drain(
            through: registry { job, context in
                times.withLock { $0.append(context.now.timeIntervalSince(start)) }
                return job.down == 2 && context.now.timeIntervalSince(start) < 9000
                    ? .snooze(.seconds(3600)) : .success()
            }, as: test)
        #expect(times.withLock { $0 } == [3600, 7200, 10_800, 10_800])
    }

    @Test func `of a batch are drained before the job that waits for them`() async throws {
        let jobs = CapturedJobs()
        try await jobs.enqueue(Count(down: 9))
        let found = Mutex<[BatchProgress?]>([])
        let runs = try await jobs.drain(
            through: registry { job, context in
                guard job.down == 9 else { return job.down == 1 ? .bury(reason: "odd") : .success() }
                var batch = JobBatch(BatchID(of: context.id))
                batch.jobs = try (0..<3).map { try NewJob(Count(down: $0)) }
                try await context.enqueue(batch)
                let progress = try await context.progress(of: batch.id)
                found.withLock { $0.append(progress) }
                return progress?.hasEnded == true ? .success() : .snooze(.seconds(5))
            })
        #expect(runs.count == 5 && jobs.all.isEmpty)
        #expect(found.withLock { $0 } == [BatchProgress(pending: 3), BatchProgress(done: 2, dead: 1, hasEnded: true)])
    }

    @Test func `that never end are an error`() async throws {
        let jobs = CapturedJobs()
        try await jobs.enqueue(Count(down: 1))
        await #expect(throws: CapturedJobs.EndlessDrain.self) {
            try await jobs.drain(through: registry { _, _ in .snooze(.seconds(1)) }, limit: 50)
        }
    }

    @Test func `of a type without a handler are an error`() async throws {
        let jobs = CapturedJobs()
        try await jobs.enqueue(Count(down: 1))
        await #expect(throws: CapturedJobs.NoHandler.self) { try await jobs.drain(through: JobRegistry()) }
    }
}
