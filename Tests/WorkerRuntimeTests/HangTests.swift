import JobQueue
import Jobs
import Platform
import TestSupport
import Testing
import WorkerRuntime

@Suite("Handlers that do not stop", .timeLimit(.minutes(1)))
struct HangTests {
    @Test func `end their worker, and are tried again`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let running = Tally<Int>()
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop, options: { $0.drain = .seconds(60) },
                registry: { $0.adjust(TestJob.type, deadline: .after(.milliseconds(300))) }
            ) { _, _ in
                running.add(1)
                await Promise<Void>().wait()
                return .success()
            }
            try await queue.add(1)
            try await eventually("it hangs") { running.total == 1 }
            let error = try await value(of: worker.ended, within: .seconds(20), "the worker ended")
            #expect(
                error?.hasSuffix(
                    " ignored its cancellation, so this worker ended; its other jobs were handed back.") == true)
            // Its next attempt may have met the claim that waited at Redis, and was handed back.
            let statistics = try await queue.statistics()
            #expect(statistics.active == 0 && statistics.counters["retried"] == 1)
        }
    }

    @Test func `a neighbour of one that hangs loses nothing but time`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let began = Tally<Int>()
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop, options: { $0.drain = .seconds(60) },
                registry: { registry in
                    registry.register(NeighbourHandler(began: began))
                    registry.adjust(TestJob.type, deadline: .after(.milliseconds(300)))
                }
            ) { _, _ in
                await Promise<Void>().wait()
                return .success()
            }
            _ = try await queue.enqueue(NewJob(NeighbourJob(), queue: "q"))
            try await queue.add(1)
            _ = try await value(of: worker.ended, within: .seconds(20), "the worker ended")
            #expect(began.total == 1)
            let statistics = try await queue.statistics()
            #expect(statistics.active == 0 && statistics.counters["retried"] == 1)
            #expect((statistics.counters["released"] ?? 0) >= 1)
        }
    }

    @Test func `child processes are killed before their worker`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let killed = Promise<Void>()
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop,
                registry: { $0.adjust(TestJob.type, deadline: .after(.milliseconds(200))) }
            ) { _, context in
                // Deaf to its cancellation, like a process that is waited for.
                await context.killing({ killed.complete(with: ()) }) { await killed.wait() }
                return .retry(TestError(description: "the child ended"))
            }
            try await queue.add(1)
            try await value(of: killed, within: .seconds(20), "the child is killed")
            try await eventually(within: .seconds(60), "all attempts failed") { try await queue.statistics().dead == 1 }
            #expect(try await worker.stop() == nil)
        }
    }
}

struct NeighbourJob: Job {
    static let type: JobType = "test.neighbour"
    static let payloadSchema = PayloadSchema.any
    static let deadline = Deadline.none
}

struct NeighbourHandler: JobHandler {
    let began: Tally<Int>

    func handle(_ job: NeighbourJob, context: JobContext) async throws -> Outcome {
        began.add(1)
        try await Task.sleep(for: .seconds(600))
        return .success()
    }
}
