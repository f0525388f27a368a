import JobQueue
import Jobs
import Platform
import RedisClient
import Synchronization
import TestSupport
import Testing
import WorkerRuntime

@Suite("Leases", .timeLimit(.minutes(2)))
struct LeaseTests {
    private static func short(_ options: inout WorkerOptions) {
        options.lease = .milliseconds(1200)
        options.renewEvery = .milliseconds(200)
    }

    /// In a process of its own: it holds every thread that the other tests run on.
    @Test func `handlers that hold every thread do not stop renewals`() async {
        await #expect(processExitsWith: .success) { try await Self.computeOnEveryThread() }
    }

    private static func computeOnEveryThread() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let rescuer = WorkerID(host: "rescuer", process: 9)
            let running = Promise<Void>()
            let ran = Tally<Int>()
            let worker = try await TestWorker.start(redis.configuration, on: redis.loop, options: Self.short) {
                job, _ in
                running.complete(with: ())
                ran.add(job.number)
                let end = MonotonicTime.now + .seconds(3)
                while MonotonicTime.now < end {}
                return .success()
            }
            // From a thread of its own: those of the pool will all be busy.
            let taken = Tally<Bool>()
            let watch = Task(executorPreference: redis.loop) {
                await running.wait()
                let end = MonotonicTime.now + .milliseconds(2500)
                while MonotonicTime.now < end {
                    let jobs = try await queue.rescue(for: rescuer, lease: .milliseconds(1200), limit: 10).jobs
                    taken.add(!jobs.isEmpty)
                    await redis.loop.sleep(for: .milliseconds(100))
                }
            }
            try await queue.add(4)
            try await watch.value
            try await queue.untilIdle()
            try await worker.stop()
            precondition(taken.counts[true] == nil, "a job was taken over while its handler computed")
            precondition((taken.counts[false] ?? 0) > 5, "nobody tried to take one over")
            precondition(ran.counts.count == 4 && ran.total == 4, "a job did not run once")
        }
    }

    @Test func `a job that another worker took is cancelled here and counts for nothing`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let thief = WorkerID(host: "thief", process: 9)
            let (running, cancelled) = (Promise<Void>(), Promise<Void>())
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop,
                options: {
                    Self.short(&$0)
                    // It must not take the job back when the thief is slow.
                    $0.rescueEvery = .seconds(600)
                }
            ) { _, _ in
                running.complete(with: ())
                try? await Task.sleep(for: .seconds(100))
                cancelled.complete(with: ())
                return .success()
            }
            try await queue.add()
            try await value(of: running, "the job runs")
            try await queue.join(thief)
            var stolen: [ClaimedJob] = []
            try await eventually("the job is taken") {
                stolen += try await queue.rescue(for: thief, lease: .zero, limit: 1, tolerance: Tolerance(crashes: 100))
                    .jobs
                return !stolen.isEmpty
            }
            try await value(of: cancelled, "the handler is told")
            #expect(try await queue.renew(stolen.map(\.entry), handings: 1, by: thief) == [])
            #expect(try await queue.complete(stolen, by: thief) == [])
            try await worker.stop()
            #expect(try await queue.statistics().counters == ["rescued": 1, "lost": 1, "done": 1])
        }
    }

    @Test func `a claim whose answer was lost is taken up again by the same worker`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let proxy = try FaultProxy(to: redis.configuration)
            defer { proxy.stop() }
            let ran = Tally<Int>()
            let worker = try await TestWorker.start(proxy.configuration, on: redis.loop, options: Self.short) {
                job, _ in
                ran.add(job.number)
                return .success()
            }
            try await eventually("the claim waits at the server") {
                try await redis.client.call("CLIENT", "LIST").string?.split(separator: "\n").contains {
                    $0.contains("db=\(redis.configuration.database) ") && $0.contains("cmd=xreadgroup")
                        && $0.contains("flags=b")
                } == true
            }
            proxy.set(.swallowAnswers)
            try await queue.add()
            try await eventually("the server gave the job away") { try await queue.statistics().active == 1 }
            proxy.cut()
            proxy.set(.none)
            try await queue.untilIdle()
            try await worker.stop()
            #expect(ran.counts == [0: 1])
        }
    }

    @Test func `an outage longer than the lease makes no job run twice in one worker`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let proxy = try FaultProxy(to: redis.configuration)
            defer { proxy.stop() }
            var configuration = proxy.configuration
            configuration.commandTimeout = .milliseconds(300)
            let (ran, goOn) = (Tally<Int>(), Promise<Void>())
            let worker = try await TestWorker.start(configuration, on: redis.loop, options: Self.short) { job, _ in
                ran.add(job.number)
                while goOn.value == nil { try await Task.sleep(for: .milliseconds(5)) }
                return .success()
            }
            try await queue.add(2)
            try await eventually("both run") { ran.total == 2 }
            proxy.set(.blackHole)
            let stream = queue.keys.stream
            try await eventually("the leases ran out") {
                try await redis.client.call("XPENDING", stream, "workers", "IDLE", "1500", "-", "+", "9").count == 2
            }
            proxy.set(.none)
            proxy.cut()
            try await eventually("the leases are renewed") {
                try await redis.client.call("XPENDING", stream, "workers", "IDLE", "1000", "-", "+", "9").count == 0
            }
            goOn.complete(with: ())
            try await queue.untilIdle()
            try await worker.stop()
            #expect(ran.counts == [0: 1, 1: 1])
            #expect(try await queue.statistics().counters == ["done": 2])
        }
    }
}
