internal import FoundationEssentials
internal import Jobs
internal import Platform
internal import RedisClient

/// What workers cost while there is nothing to do.
struct IdleBenchmark {
    private static let seconds = 5

    let workshop: Workshop

    func run(_ report: (Figure) -> Void) async throws {
        try await workshop.withRedis { redis in
            let worker = try await WorkerProcess.start(on: redis.server.url, workshop: workshop)
            // What starting cost is not what idling costs.
            await workshop.loop.sleep(for: .seconds(1))
            let before = worker.processorSeconds
            await workshop.loop.sleep(for: .seconds(Self.seconds))
            let used = worker.processorSeconds - before
            report(Figure("idle worker, processor", used / Double(Self.seconds) * 100, "% core"))

            var others: [WorkerProcess] = []
            for _ in 1..<20 { others.append(try await WorkerProcess.start(on: redis.server.url, workshop: workshop)) }
            let server = try await processorSeconds(of: redis)
            await workshop.loop.sleep(for: .seconds(Self.seconds))
            let share = (try await processorSeconds(of: redis) - server) / Double(Self.seconds) * 100
            report(
                Figure(
                    "20 idle workers, processor of Redis", share, "% core",
                    [.init(of: "1 % of a core", ratio: share, bar: .atMost(1))]))
            for process in others + [worker] { await process.stop() }
        }
    }

    private func processorSeconds(of redis: BenchRedis) async throws -> Double {
        let lines = try await redis.client.call("INFO", "cpu").string?.split(whereSeparator: \.isNewline) ?? []
        return lines.filter { $0.hasPrefix("used_cpu_sys:") || $0.hasPrefix("used_cpu_user:") }
            .compactMap { Double($0.split(separator: ":")[1]) }.reduce(0, +)
    }
}
