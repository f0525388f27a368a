import JobQueue
import Jobs
import Platform
import RedisClient
import Synchronization
import TestSupport
import Testing
import WorkerRuntime

@Suite("Limited jobs", .timeLimit(.minutes(2)))
struct LimitTests {
    /// How many run now, and how many did at the most.
    private final class Peak: Sendable {
        private let counts = Mutex((now: 0, most: 0))

        var most: Int { counts.withLock { $0.most } }

        func run(_ body: () async throws -> Void) async throws {
            counts.withLock { counts in
                counts.now += 1
                counts.most = max(counts.most, counts.now)
            }
            defer { counts.withLock { $0.now -= 1 } }
            try await body()
        }
    }

    @Test func `an operator's limit holds over all workers, and each job is claimed twice at most`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let (peak, attempts) = (Peak(), Tally<Int>())
            var workers: [TestWorker] = []
            for _ in 1...8 {
                workers.append(
                    try await TestWorker.start(
                        redis.configuration, on: redis.loop,
                        registry: { $0.adjust("test.job", limitRule: LimitRule(concurrency: 3)) }
                    ) { _, context in
                        attempts.add(context.attempt)
                        try await peak.run { try await Task.sleep(for: .milliseconds(2)) }
                        return .success()
                    })
            }
            try await queue.add(400)
            try await queue.untilIdle()
            let statistics = try await queue.statistics()
            #expect(peak.most == 3 && attempts.counts == [1: 400])
            #expect(statistics.counters["done"] == 400)
            #expect((1...400).contains(statistics.counters["limited"] ?? 0))
            for worker in workers { #expect(try await worker.stop() == nil) }
        }
    }

    @Test func `a tenant with many jobs does not hold up another's`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let (release, other) = (Promise<Void>(), Promise<Void>())
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop,
                registry: { registry in
                    registry.register(
                        TenantHandler { job, _ in
                            if job.tenant == "small" { other.complete(with: ()) } else { try await wait(for: release) }
                            return .success()
                        })
                }
            ) { _, _ in .success() }
            let flood = try (0..<5000).map { try NewJob(TenantJob(tenant: "large", number: $0), queue: "q") }
            for result in await queue.enqueue(contentsOf: flood) { _ = try result.get() }
            _ = try await queue.enqueue(NewJob(TenantJob(tenant: "small"), queue: "q"))
            // None of the flood has ended.
            try await value(of: other, within: .seconds(60), "the other tenant's job ran")
            #expect(try await queue.statistics().counters["done"] ?? 0 <= 1)
            #expect(try await queue.statistics().counters["limited"] == 4999)
            release.complete(with: ())
            try await queue.untilIdle(within: .seconds(60))
            #expect(try await queue.statistics().counters["limited"] == 4999)
            #expect(try await worker.stop() == nil)
        }
    }

    @Test func `a backlog of other jobs does not hold up those that a limit lets go on`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let ran = Tally<String>()
            let limitedRan = Mutex<[Int]>([])
            let limited = try (0..<10).map { try NewJob(TenantJob(tenant: "a", number: $0), queue: "q") }
            for result in await queue.enqueue(contentsOf: limited) { _ = try result.get() }
            try await queue.add(40_000)
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop, options: { $0.slots = 1 },
                registry: { registry in
                    registry.register(
                        TenantHandler { job, _ in
                            limitedRan.withLock { $0.append(ran.total) }
                            return .success()
                        })
                }
            ) { _, _ in
                ran.add("other")
                return .success()
            }
            try await eventually(within: .seconds(60), "all limited jobs ran") {
                limitedRan.withLock { $0.count } == 10
            }
            // Each waits for one claim, and not for the end of the backlog.
            let last = limitedRan.withLock { $0.last ?? 0 }
            #expect(last < 30_000, "\(last) other jobs ran before the last")
            #expect(try await worker.stop() == nil)
        }
    }

    @Test func `a rate lets jobs begin when their time has come, without being asked`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let begun = MonotonicTime.now
            let times = Mutex<[Duration]>([])
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop, options: { $0.rescueEvery = .seconds(1) },
                registry: {
                    $0.adjust("test.job", limitRule: LimitRule(rate: Rate(20, per: .seconds(1), burst: 1)))
                }
            ) { _, _ in
                times.withLock { $0.append(MonotonicTime.now.since(begun)) }
                return .success()
            }
            try await queue.add(21)
            try await queue.untilIdle()
            let all = times.withLock { $0 }
            for (index, time) in all.enumerated() { #expect(time >= .milliseconds(50 * index - 2), "job \(index)") }
            #expect(all.count == 21)
            #expect(try await worker.stop() == nil)
        }
    }

    @Test func `a failed attempt gives its pass back, and asks again`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let (peak, runs) = (Peak(), Tally<Int>())
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop,
                registry: { $0.adjust("test.job", limitRule: LimitRule(concurrency: 1, by: ["number"])) }
            ) { job, context in
                runs.add(job.number)
                try await peak.run { try await Task.sleep(for: .milliseconds(1)) }
                if context.attempt < 3 { throw TestError(description: "again") }
                return .success()
            }
            for _ in 1...5 { try await queue.add(1) }
            try await queue.untilIdle()
            #expect(peak.most == 1 && runs.counts == [0: 15])
            #expect(try await queue.limits().map { [$0.running, $0.waiting] } == [[0, 0]])
            #expect(try await worker.stop() == nil)
        }
    }

    @Test func `a worker that drains hands limited jobs back with their passes`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let running = Promise<Void>()
            let rule = LimitRule(concurrency: 1)
            let first = try await TestWorker.start(
                redis.configuration, on: redis.loop, options: { $0.drain = .milliseconds(1) },
                registry: { $0.adjust("test.job", limitRule: rule) }
            ) { _, _ in
                running.complete(with: ())
                try await Task.sleep(for: .seconds(60))
                return .success()
            }
            try await queue.add(3)
            try await value(of: running, "a job runs")
            #expect(try await first.stop() == nil)
            #expect(try await queue.limits().map { [$0.running, $0.waiting] } == [[1, 2]])
            let order = Mutex<[Int]>([])
            let second = try await TestWorker.start(
                redis.configuration, on: redis.loop, registry: { $0.adjust("test.job", limitRule: rule) }
            ) { job, _ in
                order.withLock { $0.append(job.number) }
                return .success()
            }
            try await queue.untilIdle()
            #expect(order.withLock { $0 } == [0, 1, 2])
            #expect(try await second.stop() == nil)
        }
    }

    @Test(arguments: [LimitRule(concurrency: 20), LimitRule(concurrency: 1, by: ["tenant"]), nil])
    func `a worker with other rules frees those who wait by the old`(rule: LimitRule?) async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let (release, begun) = (Promise<Void>(), Tally<Int>())
            let old = try await holdOne(of: 8, in: queue, redis.client)
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop, options: { $0.slots = 20 },
                registry: { $0.adjust("test.job", limitRule: rule) }
            ) { job, _ in
                begun.add(job.number)
                try await self.wait(for: release)
                return .success()
            }
            let isOneAtATime = rule?.concurrency == 1
            try await eventually("they go on") { begun.total == (isOneAtATime ? 1 : 7) }
            #expect(try await queue.statistics().blocked == (isOneAtATime ? 6 : 0))
            _ = try await queue.complete([old], by: Self.oldWorker)
            release.complete(with: ())
            try await queue.untilIdle()
            #expect(begun.counts.count == 7 && begun.total == 7)
            #expect(try await worker.stop() == nil)
        }
    }

    @Test func `a solo worker leaves those who are let go on to others`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let suspect = try await holdOne(of: 3, in: queue, redis.client)
            _ = try await redis.client.call(
                "XCLAIM", queue.keys.stream, "workers", Self.oldWorker.description, "0",
                String(decoding: suspect.entry, as: UTF8.self), "IDLE", "7200000", "RETRYCOUNT", "2", "JUSTID")
            _ = try await queue.rescue(
                for: Self.oldWorker, lease: .seconds(60), limit: 1, suspects: .without,
                tolerance: Tolerance(crashes: 2))
            let ran = Tally<Int>()
            let solo = try await TestWorker.start(
                redis.configuration, on: redis.loop,
                options: {
                    $0.isSolo = true
                    $0.tolerance.crashes = 2
                },
                registry: { $0.adjust("test.job", limitRule: LimitRule(concurrency: 1)) }
            ) { job, _ in
                ran.add(job.number)
                return .success()
            }
            #expect(try await value(of: solo.ended, within: .seconds(20), "it ends by itself") == nil)
            #expect(ran.counts == [0: 1])
            let statistics = try await queue.statistics()
            #expect(statistics.ready == 1 && statistics.blocked == 1)
        }
    }

    /// Unlike the promise itself, for any number of jobs.
    private func wait(for promise: Promise<Void>) async throws {
        try await eventually(within: .seconds(60), "the test lets jobs go on") { promise.value != nil }
    }

    private static let oldWorker = WorkerID(host: "old", process: 7)

    /// What an earlier release left: one job runs, and the others wait for it by an old rule.
    private func holdOne(of count: Int, in queue: JobQueue, _ client: RedisClient) async throws -> ClaimedJob {
        try await FunctionLibrary(client: client).ensure()
        try await queue.join(Self.oldWorker)
        try await queue.add(count)
        let claimer = JobClaimer(queues: [queue.name], worker: Self.oldWorker, client: client)
        let jobs = try await claimer.claim(from: 0, count: count).map(\.job)
        let limit = Limit("policy:test.job", concurrency: 1)
        let answers = try await queue.enter(jobs.map { ($0, [limit]) }, by: Self.oldWorker).all
        #expect(answers.filter { $0 == .blocked }.count == count - 1)
        return jobs[0]
    }

    @Test func `a paused type and a limit do not lose each other's jobs`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let peak = Peak()
            let worker = try await TestWorker.start(
                redis.configuration, on: redis.loop,
                registry: { $0.adjust("test.job", limitRule: LimitRule(concurrency: 2)) }
            ) { _, _ in
                try await peak.run { try await Task.sleep(for: .milliseconds(5)) }
                return .success()
            }
            try await queue.add(60)
            try await eventually("some are done") { try await queue.statistics().counters["done"] ?? 0 > 3 }
            try await queue.pause(.type("test.job"))
            try await eventually("nothing runs") { try await queue.statistics().active == 0 }
            try await eventually("all wait") {
                let statistics = try await queue.statistics()
                return statistics.blocked + (statistics.counters["done"] ?? 0) == 60
            }
            try await queue.resume(.type("test.job"))
            try await queue.untilIdle()
            #expect(peak.most <= 2)
            #expect(try await queue.statistics().counters["done"] == 60)
            #expect(try await worker.stop() == nil)
        }
    }

    @Test func `answers that are lost cost nobody a pass`() async throws {
        try await withRedis { redis in
            let proxy = try FaultProxy(to: redis.configuration)
            defer { proxy.stop() }
            let queue = JobQueue("q", client: redis.client)
            let peak = Peak()
            var configuration = proxy.configuration
            (configuration.reconnectBase, configuration.reconnectCap) = (.milliseconds(1), .milliseconds(5))
            let worker = try await TestWorker.start(
                configuration, on: redis.loop,
                options: {
                    $0.lease = .milliseconds(600)
                    $0.renewEvery = .milliseconds(100)
                },
                registry: { $0.adjust("test.job", limitRule: LimitRule(concurrency: 2)) }
            ) { _, _ in
                try await peak.run { try await Task.sleep(for: .milliseconds(1)) }
                return .success()
            }
            try await queue.add(30)
            proxy.set(.loseEvery(7))
            try await eventually(within: .seconds(60), "most are done") {
                try await queue.statistics().counters["done"] ?? 0 > 10
            }
            proxy.set(.none)
            try await queue.untilIdle()
            #expect(peak.most <= 2)
            #expect(try await queue.limits().map { [$0.running, $0.waiting] } == [[0, 0]])
            #expect(try await worker.stop() == nil)
        }
    }
}
