import JobQueue
import Jobs
import Platform
import TestSupport
import Testing
import WorkerRuntime

@Suite("What a handler may ask of its worker", .timeLimit(.minutes(1)))
struct CheckpointTests {
    @Test func `a long job goes on where an interrupted worker left it`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let steps = Tally<Int>()
            let fifth = Promise<Void>()
            let count: @Sendable (TestJob, JobContext) async throws -> Outcome = { _, context in
                for step in (try await context.checkpoint(as: Int.self) ?? 0)..<10 {
                    steps.add(step)
                    try await context.save(checkpoint: step + 1)
                    guard step == 4 else { continue }
                    fifth.complete(with: ())
                    if context.attempt == 1, steps.total == 5 { try await Task.sleep(for: .seconds(600)) }
                }
                return .success()
            }
            let first = try await TestWorker.start(
                redis.configuration, on: redis.loop, options: { $0.drain = .milliseconds(1) }, run: count)
            try await queue.add(1)
            try await value(of: fifth, "half of it is done")
            try await first.stop()
            let second = try await TestWorker.start(redis.configuration, on: redis.loop, run: count)
            try await queue.untilIdle()
            try await second.stop()
            #expect(steps.counts == Dictionary(uniqueKeysWithValues: (0..<10).map { ($0, 1) }))
            #expect(try await redis.client.call("KEYS", "*checkpoint*").elements.compactMap(\.string) == [])
        }
    }

    @Test func `who lost its job learns it when it asks`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let (running, taken) = (Promise<Void>(), Promise<Void>())
            let answer = Promise<String>()
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop, options: { $0.renewEvery = .seconds(600) }
            ) { _, context in
                try await context.confirmOwnership()
                running.complete(with: ())
                await taken.wait()
                do { try await context.save(checkpoint: 1) } catch {
                    answer.complete(with: "\(error)")
                    throw error
                }
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
            #expect(try await value(of: answer, "it asked") == "The job was taken over by another worker.")
            try await worker.stop()
            #expect(try await queue.statistics().counters == ["rescued": 1, "lost": 1])
        }
    }
}
