import JobQueue
import Jobs
import Platform
import Synchronization
import TestSupport
import Testing
import WorkerRuntime

@Suite("What people ask of a worker", .timeLimit(.minutes(1)))
struct SteeringTests {
    private func tracked(_ number: Int = 0) throws -> NewJob {
        var job = try NewJob(TestJob(number: number), queue: "q")
        job.trackFor = .seconds(100)
        return job
    }

    @Test func `a running job that is cancelled stops, with its child processes, and does not come back`() async throws
    {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let (began, killed) = (Promise<Void>(), Promise<Void>())
            let worker = try await TestWorker.start(redis.configuration, on: redis.loop) { _, context in
                await context.killing({ killed.complete(with: ()) }) {
                    began.complete(with: ())
                    // Its child must be killed before it ends.
                    await killed.wait()
                }
                try Task.checkCancellation()
                return .success()
            }
            let id = try await queue.enqueue(tracked())
            try await value(of: began, "it runs")
            let asked = MonotonicTime.now
            #expect(try await queue.cancel(id) == .cancelling)
            try await value(of: killed, within: .seconds(5), "its child is killed")
            #expect(MonotonicTime.now.since(asked) < .seconds(5))
            try await queue.untilIdle()
            #expect(try await queue.status(of: id)?.state == "cancelled")
            #expect(try await queue.statistics().counters == ["cancelled": 1])
            try await worker.stop()
        }
    }

    @Test func `a paused queue begins nothing, its neighbour does, and it goes on when it is resumed`() async throws {
        try await withRedis { redis in
            let (queue, other) = (JobQueue("q", client: redis.client), JobQueue("other", client: redis.client))
            let (ran, log) = (Tally<String>(), CollectedLog())
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop, queues: ["q", "other"], log: log
            ) { _, context in
                ran.add(context.queue.name)
                return .success()
            }
            try await queue.pause()
            try await eventually("the worker knows") { log.lines.contains { $0.message == "The queue is paused" } }
            try await queue.add(3)
            try await other.add(5)
            try await other.untilIdle()
            #expect(ran.counts == ["other": 5])
            #expect(try await queue.statistics().ready == 3)
            #expect(try await queue.resume())
            try await queue.untilIdle()
            #expect(ran.counts == ["other": 5, "q": 3])
            try await worker.stop()
        }
    }

    @Test func `jobs of a paused type are set aside and let others pass`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let neighbours = Tally<Int>()
            try await queue.pause(.type(TestJob.type))
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop, options: { $0.drain = .zero },
                registry: { $0.register(NeighbourHandler(began: neighbours)) }
            ) { _, _ in .success() }
            try await queue.add(50)
            _ = try await queue.enqueue(NewJob(NeighbourJob(), queue: "q"))
            try await eventually("they are set aside") { try await queue.statistics().blocked == 50 }
            try await eventually("the other passes") { neighbours.total == 1 }
            #expect(try await queue.resume(.type(TestJob.type)))
            try await eventually("they are done") { try await queue.statistics().counters["done"] == 50 }
            try await worker.stop()
        }
    }

    @Test func `a worker that starts while the queue is paused begins nothing`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            try await FunctionLibrary(client: redis.client).ensure()
            try await queue.pause()
            try await queue.add(3)
            let ran = Tally<Int>()
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop, queues: ["q", "other"]
            ) { job, _ in
                ran.add(job.number)
                return .success()
            }
            let other = JobQueue("other", client: redis.client)
            try await other.add(1, from: 99)
            try await eventually("the neighbour moves") { ran.counts[99] == 1 }
            #expect(ran.total == 1)
            #expect(try await queue.statistics().ready == 3)
            try await worker.stop()
        }
    }

    @Test func `a job that comes too late is not run`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let ran = Tally<Int>()
            try await FunctionLibrary(client: redis.client).ensure()
            var late = try tracked(1)
            late.expiresAfter = .milliseconds(1)
            var plain = try NewJob(TestJob(number: 2), queue: "q")
            plain.expiresAfter = .milliseconds(1)
            var early = try NewJob(TestJob(number: 3), queue: "q")
            early.expiresAfter = .seconds(3600)
            let id = try await queue.enqueue(late)
            for job in [plain, early] { _ = try await queue.enqueue(job) }
            let worker = try await TestWorker.start(redis.configuration, on: redis.loop) { job, _ in
                ran.add(job.number)
                return .success()
            }
            try await queue.untilIdle()
            #expect(ran.counts == [3: 1])
            #expect(try await queue.statistics().counters == ["done": 1, "expired": 2])
            #expect(try await queue.status(of: id)?.state == "expired")
            #expect(try await redis.client.call("EXISTS", queue.keys.stream + ":entries").integer == 0)
            try await worker.stop()
        }
    }

    @Test func `a handler may pause its type, once, and what it snoozed goes on when it is resumed`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let (paused, isMended) = (Tally<Bool>(), Promise<Void>())
            let worker = try await TestWorker.start(redis.configuration, on: redis.loop) { _, context in
                guard isMended.value == nil else { return .success() }
                paused.add(try await context.pauseType())
                return .snooze(.milliseconds(1))
            }
            try await queue.add(5)
            try await eventually("all jobs wait") { try await queue.statistics().blocked == 5 }
            #expect(paused.counts[true] == 1)
            #expect(try await queue.statistics().pausedTypes == ["test.job"])
            isMended.complete(with: ())
            try await queue.resume(.type("test.job"))
            try await queue.untilIdle()
            #expect(try await queue.statistics().counters["done"] == 5)
            try await worker.stop()
        }
    }
}
