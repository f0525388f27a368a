import FoundationEssentials
import JobTesting
import Jobs
import Synchronization
import Testing

@Suite("A handler run by a test", .timeLimit(.minutes(1)))
struct TestJobTests {
    private struct Steps: Job {
        static let type: JobType = "test.steps"
        static let payloadSchema = PayloadSchema.any

        var count: Int
    }

    private struct Handler: JobHandler {
        let body: @Sendable (Steps, JobContext) async throws -> Outcome

        func handle(_ job: Steps, context: JobContext) async throws -> Outcome { try await body(job, context) }
    }

    private struct Away: RetryAfterError { var retryAfter: Duration? { .seconds(9) } }

    @Test func `shows what it reported, saved and logged`() async throws {
        let run = await TestJob.run(
            Handler { job, context in
                for step in 1...job.count {
                    await context.report(progress: Double(step) / Double(job.count))
                    try await context.save(checkpoint: step)
                }
                context.logger.warning("done", [("steps", .integer(job.count))])
                return .success(try JobResult(encoding: job.count))
            }, Steps(count: 2))
        #expect(run.outcome.result?.json == Array("2".utf8) && run.error == nil)
        #expect(run.progress == [0.5, 1] && run.checkpoints == [[0x31], [0x32]])
        #expect(try run.checkpoint(as: Int.self) == 2)
        #expect(run.log.map(\.level) == [.warning] && run.log[0].fields[0].value == .integer(2))
    }

    @Test func `is given the attempt, the id and the checkpoint of choice`() async throws {
        var test = TestJob(attempt: 3, id: JobID("media:film-7"))
        test.checkpoint = Array("41".utf8)
        let run = await test.run(
            Handler { _, context in
                #expect(context.attempt == 3 && context.id.description == "media:film-7" && context.queue == "media")
                return .success(try JobResult(encoding: (try await context.checkpoint(as: Int.self) ?? 0) + 1))
            }, Steps(count: 1))
        #expect(run.outcome.result?.json == Array("42".utf8))
    }

    @Test func `that throws is tried again, not before the time it was told`() async throws {
        let run = await TestJob.run(Handler { _, _ in throw Away() }, Steps(count: 1))
        guard case .retry(let error, .seconds(9)?) = run.outcome else {
            Issue.record("\(run.outcome)")
            return
        }
        #expect(error is Away && run.error is Away)
    }

    @Test func `that another worker has is told so`() async throws {
        var test = TestJob()
        test.isTakenAway = true
        let run = await test.run(
            Handler { _, context in
                await #expect(throws: JobTakenAway.self) { try await context.save(checkpoint: 1) }
                try await context.confirmOwnership()
                return .success()
            }, Steps(count: 1))
        #expect(run.error is JobTakenAway && run.checkpoints.isEmpty)
    }

    @Test func `a payload that is none is buried`() async throws {
        var registry = JobRegistry()
        registry.register(Handler { _, _ in .success() })
        let job = try #require(registry[Steps.type])
        let run = await TestJob().run(job, args: Array("{}".utf8))
        #expect(run.outcome.burial?.contains("count") == true)
    }

    @Test func `is cancelled and killed with the task`() async throws {
        let killed = Mutex(false)
        let task = Task {
            await TestJob.run(
                Handler { _, context in
                    await context.killing({ killed.withLock { $0 = true } }) {
                        withUnsafeCurrentTask { $0?.cancel() }
                        #expect(context.isCancelled)
                    }
                    return .success()
                }, Steps(count: 1))
        }
        let run = await task.value
        #expect(killed.withLock { $0 } && run.kills == (1, 1))
    }

    @Test func `reads its input and its batch, and adds members to it`() async throws {
        var test = TestJob()
        test.input = JobResult(json: Array("7".utf8))
        test.batch = BatchID("emails:summer")
        let run = await test.run(
            Handler { _, context in
                let before = try context.input(as: Int.self) ?? 0
                let ids = try await context.batch?.add(try NewJob(Steps(count: before), queue: "emails"))
                return .success(try JobResult(encoding: ids?.map(\.description)))
            }, Steps(count: 1))
        let captured = try #require(test.jobs.all.first)
        let added = captured.job
        #expect(run.outcome.result?.json == Array(#"["\#(captured.id)"]"#.utf8))
        #expect(added.batch == test.batch && added.queue == "emails")
        #expect(try added.payload(as: Steps.self).count == 7)
    }

    @Test func `that opens a batch looks at what the test says of it`() async throws {
        let parts = try #require(BatchID("emails:parts"))
        let handler = Handler { job, context in
            var batch = JobBatch(parts)
            batch.jobs = try (0..<job.count).map { try NewJob(Steps(count: $0), queue: "emails") }
            try await context.enqueue(batch)
            await context.report(progress: 0.5, remaining: .seconds(60))
            let progress = try await context.progress(of: parts)
            guard progress?.hasEnded == true else { return .snooze(.seconds(1)) }
            if progress?.done == 0 { try await context.cancel(parts) }
            return .success(try JobResult(encoding: try await context.isPending(JobID("emails:1-0")!)))
        }
        var test = TestJob()
        let first = await test.run(handler, Steps(count: 3))
        #expect(first.outcome.snooze == .seconds(1) && first.remaining == [.seconds(60)])
        test.batchProgress[parts] = BatchProgress(done: 3, hasEnded: true)
        test.endedJobs = [JobID("emails:1-0")!]
        let second = await test.run(handler, Steps(count: 3))
        #expect(second.outcome.result?.json == Array("false".utf8) && second.cancelledBatches.isEmpty)
        test.batchProgress[parts] = BatchProgress(dead: 3, hasEnded: true)
        test.endedJobs = []
        let third = await test.run(handler, Steps(count: 3))
        #expect(third.outcome.result?.json == Array("true".utf8) && third.cancelledBatches == [parts])
        #expect(test.jobs.batches.map(\.id) == [parts] && test.jobs.all.map(\.job.batch) == [parts, parts, parts])
        test.isTakenAway = true
        #expect(await test.run(handler, Steps(count: 3)).error is JobTakenAway)
    }

    @Test func `as a callback reads what became of its batch`() async throws {
        var test = TestJob()
        let id = try #require(BatchID("emails:summer"))
        test.batchSummary = BatchSummary(id: id, event: .complete, done: 3, dead: 1)
        let run = await test.run(
            Handler { _, context in
                .success(try JobResult(encoding: context.batch?.summary?.total))
            }, Steps(count: 1))
        #expect(run.outcome.result?.json == Array("4".utf8))
    }

    @Test func `that a schedule enqueued knows for when, and any other that none did`() async throws {
        let handler = Handler { _, context in .success(try JobResult(encoding: context.scheduledForMilliseconds ?? -1))
        }
        var test = TestJob()
        test.scheduledForMilliseconds = 1_795_748_400_000
        for (test, found) in [(test, "1795748400000"), (TestJob(), "-1")] {
            let run = await test.run(handler, Steps(count: 1))
            #expect(run.outcome.result?.json == Array(found.utf8))
        }
    }

    @Test func `sleeps without waiting`() async throws {
        let test = TestJob()
        let start = test.clock.now
        let run = await test.run(
            Handler { _, context in
                try await context.sleep(for: .seconds(86_400))
                return .success(try JobResult(encoding: context.now.timeIntervalSince(start)))
            }, Steps(count: 1))
        #expect(run.outcome.result?.json == Array("86400".utf8))
    }
}
