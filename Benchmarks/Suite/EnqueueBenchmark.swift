internal import FoundationEssentials
internal import JobQueue
internal import Jobs
internal import RedisClient

/// The producer's side: one awaited call after another, many callers at once, and in bulk.
struct EnqueueBenchmark {
    private static let callers = 64
    private static let rounds = 5

    let workshop: Workshop

    func run(_ report: (Figure) -> Void) async throws {
        try await workshop.withRedis { redis in
            try await single(redis, report)
            try await concurrent(redis, report)
            try await bulk(redis, report)
        }
    }

    /// Where the scheduler puts Redis and its client decides these figures more than either does (one core or two: a
    /// factor of four), so rounds of both alternate and the medians are compared.
    private func single(_ redis: BenchRedis, _ report: (Figure) -> Void) async throws {
        let count = workshop.jobs(20_000)
        var (ceilings, watched, asleep) = ([Double](), [Double](), [Double]())
        for _ in 0..<Self.rounds {
            ceilings.append(try await redis.addRate(requests: count, clients: 1, pipeline: 1))
            watched.append(try await awaitedRate(redis, count, spin: .microseconds(50)))
            asleep.append(try await awaitedRate(redis, count, spin: .zero))
        }
        let ceiling = ceilings.median
        report(Figure("redis-benchmark -c 1 -P 1 XADD, median of \(Self.rounds)", ceiling, "/s"))
        report(
            Figure(
                "enqueue, awaited call after call", watched.median, "jobs/s",
                [.init(of: "-c 1 -P 1", ratio: watched.median / ceiling, bar: .atLeast(0.9))]))
        report(
            Figure(
                "  without watching the socket before sleeping", asleep.median, "jobs/s",
                [.init(of: "-c 1 -P 1", ratio: asleep.median / ceiling)]))
    }

    private func awaitedRate(_ redis: BenchRedis, _ count: Int, spin: Duration) async throws -> Double {
        let client = producer(redis, spin: spin)
        defer { client.close() }
        let queue = JobQueue(Workshop.queue, client: client)
        let rate = try await rate(count) { for _ in 0..<count { _ = try await queue.enqueue(job) } }
        try await redis.empty()
        return rate
    }

    private func concurrent(_ redis: BenchRedis, _ report: (Figure) -> Void) async throws {
        var (yardsticks, rates) = ([Double](), [Double]())
        for _ in 0..<Self.rounds {
            yardsticks.append(try await redis.setRate())
            rates.append(try await concurrentRate(redis, each: workshop.jobs(200_000) / Self.callers))
        }
        let set = yardsticks.median
        report(Figure("redis-benchmark SET -P 1 -c 50, median of \(Self.rounds)", set, "/s"))
        // Asynq's 64 callers reach 0.55 of SET -P 1.
        report(
            Figure(
                "enqueue, \(Self.callers) concurrent callers", rates.median, "jobs/s",
                [.init(of: "SET -P 1", ratio: rates.median / set, bar: .atLeast(1.65))]))
    }

    private func concurrentRate(_ redis: BenchRedis, each: Int) async throws -> Double {
        let client = producer(redis, spin: .microseconds(50))
        defer { client.close() }
        let rate = try await rate(each * Self.callers) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<Self.callers {
                    group.addTask {
                        let queue = JobQueue(Workshop.queue, client: client)
                        for _ in 0..<each { _ = try await queue.enqueue(job) }
                    }
                }
                try await group.waitForAll()
            }
        }
        try await redis.empty()
        return rate
    }

    private func bulk(_ redis: BenchRedis, _ report: (Figure) -> Void) async throws {
        let count = workshop.jobs(500_000)
        var (ceilings, rates) = ([Double](), [Double]())
        for _ in 0..<3 {
            ceilings.append(try await redis.addRate(requests: count, clients: 50, pipeline: 64))
            rates.append(try await rate(count) { try await redis.fill(count) })
            try await redis.empty()
        }
        let ceiling = ceilings.median
        report(Figure("redis-benchmark -P 64 XADD, median of 3", ceiling, "/s"))
        report(
            Figure(
                "enqueue in bulk", rates.median, "jobs/s",
                [.init(of: "-P 64 XADD", ratio: rates.median / ceiling, bar: .atLeast(0.6))]))
    }

    private var job: NewJob { NewJob(Workshop.type, queue: Workshop.queue, args: Workshop.payload) }

    private func producer(_ redis: BenchRedis, spin: Duration) -> RedisClient {
        var configuration = redis.server.configuration
        configuration.spin = spin
        return RedisClient(configuration, name: "bench-producer", loop: workshop.loop)
    }

    private func rate(_ count: Int, _ body: () async throws -> Void) async throws -> Double {
        Double(count) / (try await Workshop.seconds(body))
    }
}
