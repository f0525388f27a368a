internal import FoundationEssentials
internal import JobQueue
internal import Jobs
internal import Platform
internal import RedisClient

/// From the start of a worker process to the end of the job that waited for it.
struct StartBenchmark {
    private static let rounds = 11

    let workshop: Workshop

    func run(_ report: (Figure) -> Void) async throws {
        try await workshop.withRedis { redis in
            let waiting = RedisClient(redis.server.configuration, name: "bench-wait", loop: workshop.loop)
            defer { waiting.close() }
            var times: [Double] = []
            for _ in 0..<Self.rounds { times.append(try await once(redis, waiting)) }
            let median = times.sorted()[Self.rounds / 2]
            report(
                Figure(
                    "start of a worker to its first job done, median", median, "ms",
                    [.init(of: "150 ms", ratio: median / 150, bar: .atMost(1))]))
        }
        if let size = Self.binaryMegabytes { report(Figure("size of this program", size, "MB")) }
    }

    private func once(_ redis: BenchRedis, _ waiting: RedisClient) async throws -> Double {
        var job = NewJob(Workshop.type, queue: Workshop.queue, args: Workshop.payload)
        job.trackFor = .seconds(60)
        let id = try await redis.queue.enqueue(job)
        let begin = MonotonicTime.now
        async let worker = WorkerProcess.start(on: redis.server.url, workshop: workshop)
        guard try await redis.queue.waitForEnd(of: id, for: .seconds(10), through: waiting) != nil else {
            throw BenchmarkFailure(description: "the first job was not done within 10 s")
        }
        let taken = MonotonicTime.now.since(begin).seconds * 1000
        await (try worker).stop()
        return taken
    }

    private static var binaryMegabytes: Double? {
        guard let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
            let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        else { return nil }
        return Double(size) / 1_000_000
    }
}
