internal import FoundationEssentials
internal import JobQueue
internal import Jobs
internal import RedisClient

/// The producer's side: one awaited call after another, many callers at once, and in bulk.
struct EnqueueBenchmark {
    private static let callers = 64

    let workshop: Workshop

    func run(_ report: (Figure) -> Void) async throws {
        try await workshop.withRedis { redis in
            try await single(redis, report)
            try await concurrent(redis, report)
            try await bulk(redis, report)
        }
    }

    private func single(_ redis: BenchRedis, _ report: (Figure) -> Void) async throws {
        let count = workshop.jobs(60_000)
        let ceiling = try await redis.addRate(requests: count, clients: 1, pipeline: 1)
        report(Figure("redis-benchmark -c 1 -P 1 XADD", ceiling, "/s"))
        for (name, spin) in [
            ("awaited call after call", Duration.microseconds(50)), ("  without watching the socket", .zero),
        ] {
            let client = producer(redis, spin: spin)
            let rate = try await rate(count) {
                for _ in 0..<count { _ = try await JobQueue(Workshop.queue, client: client).enqueue(job) }
            }
            client.close()
            let bar: Figure.Bar? = spin > .zero ? .atLeast(0.9) : nil
            report(
                Figure("enqueue, \(name)", rate, "jobs/s", [.init(of: "-c 1 -P 1", ratio: rate / ceiling, bar: bar)]))
            try await redis.empty()
        }
    }

    private func concurrent(_ redis: BenchRedis, _ report: (Figure) -> Void) async throws {
        let set = try await redis.setRate()
        let each = workshop.jobs(400_000) / Self.callers
        let client = producer(redis, spin: .microseconds(50))
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
        client.close()
        // Asynq's 64 callers reach 0.55 of SET -P 1.
        report(
            Figure(
                "enqueue, \(Self.callers) concurrent callers", rate, "jobs/s",
                [.init(of: "SET -P 1", ratio: rate / set, bar: .atLeast(1.65))]))
        try await redis.empty()
    }

    private func bulk(_ redis: BenchRedis, _ report: (Figure) -> Void) async throws {
        let count = workshop.jobs(1_000_000)
        let ceiling = try await redis.addRate(requests: count, clients: 50, pipeline: 64)
        report(Figure("redis-benchmark -P 64 XADD", ceiling, "/s"))
        let rate = try await rate(count) { try await redis.fill(count) }
        report(
            Figure(
                "enqueue in bulk", rate, "jobs/s", [.init(of: "-P 64 XADD", ratio: rate / ceiling, bar: .atLeast(0.6))])
        )
        try await redis.empty()
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
