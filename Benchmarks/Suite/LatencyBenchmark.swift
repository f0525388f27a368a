internal import FoundationEssentials
internal import JobQueue
internal import Jobs
internal import Logging
internal import Platform
internal import RedisClient
internal import WorkerRuntime

/// From just before the enqueue call to the handler's first line, at 200 jobs/s. Producer and worker share this process
/// but no connection, thread or loop, so that one clock times both ends.
struct LatencyBenchmark {
    private static let rate = 200

    let workshop: Workshop

    func run(_ report: (Figure) -> Void) async throws {
        try await workshop.withRedis { redis in
            let roundTrip = try await roundTripMilliseconds(redis)
            report(Figure("round trip of redis-benchmark -c 1 -P 1, mean", roundTrip, "ms"))
            let waits = try await measure(redis)
            // The best blocking rivals had 0.24 and 0.41 ms where a round trip took 0.047 ms.
            for (name, part, mark) in [("p50", 0.5, 0.24 / 0.047), ("p99", 0.99, 0.41 / 0.047)] {
                let wait = waits.percentile(part)
                report(
                    Figure(
                        "enqueue to handler start at \(Self.rate)/s, \(name)", wait, "ms",
                        [.init(of: "a round trip", ratio: wait / roundTrip, bar: .atMost(mark))]))
            }
        }
    }

    private func roundTripMilliseconds(_ redis: BenchRedis) async throws -> Double {
        1000 / (try await redis.addRate(requests: workshop.jobs(40_000), clients: 1, pipeline: 1))
    }

    private func measure(_ redis: BenchRedis) async throws -> Waits {
        let waits = Waits()
        var registry = JobRegistry()
        registry.register(StampHandler(waits: waits))
        let own = try await OwnWorker.start(on: redis, registry: registry)
        for _ in 0..<workshop.jobs(2000) {
            _ = try await redis.queue.enqueue(
                try NewJob(StampJob(), queue: Workshop.queue))
            await workshop.loop.sleep(for: .microseconds(1_000_000 / Self.rate))
        }
        own.worker.drain()
        try await own.end()
        return waits
    }
}
