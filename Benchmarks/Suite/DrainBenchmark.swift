internal import FoundationEssentials

/// No-op jobs through their full life: claim with lease, decode, handler, complete, statistics.
struct DrainBenchmark {
    let workshop: Workshop

    func run(_ report: (Figure) -> Void) async throws {
        try await workshop.withRedis { redis in
            let set = try await redis.setRate()
            report(Figure("redis-benchmark SET -P 1 -c 50 (the yardstick)", set, "/s"))
            let ceiling = try await ceiling(redis)
            if let ceiling { report(Figure("the same traffic in C, no job logic (the ceiling)", ceiling, "/s")) }

            let one = try await median(of: 3, redis)
            var ratios = [Figure.Ratio(of: "SET -P 1", ratio: one.jobsASecond / set, bar: .atLeast(1.35))]
            if let ceiling {
                ratios.append(.init(of: "the ceiling", ratio: one.jobsASecond / ceiling, bar: .atLeast(0.6)))
            }
            report(Figure("drain, 1 worker process, median of 3", one.jobsASecond, "jobs/s", ratios))
            report(
                Figure(
                    "  worker processor time a job", one.workerMicrosecondsAJob, "µs",
                    [.init(of: "5 µs", ratio: one.workerMicrosecondsAJob / 5, bar: .atMost(1))]))
            report(
                Figure(
                    "  worker peak memory", one.peakMegabytes, "MB",
                    [.init(of: "25 MB", ratio: one.peakMegabytes / 25, bar: .atMost(1))]))

            let two = try await Drain(redis: redis, jobs: workshop.jobs(600_000), workers: 2).run()
            report(
                Figure(
                    "drain, 2 worker processes", two.jobsASecond, "jobs/s",
                    [.init(of: "SET -P 1", ratio: two.jobsASecond / set)]))
        }
    }

    private func median(of runs: Int, _ redis: BenchRedis) async throws -> Drain.Result {
        var results: [Drain.Result] = []
        for _ in 0..<runs { results.append(try await Drain(redis: redis, jobs: workshop.jobs(600_000)).run()) }
        return results.sorted { $0.jobsASecond < $1.jobsASecond }[runs / 2]
    }

    /// Nil when the C program was not built beside this one.
    private func ceiling(_ redis: BenchRedis) async throws -> Double? {
        guard let program = CeilingProgram.redis.path else { return nil }
        let text = try await workshop.output(of: program, [redis.socket, String(workshop.jobs(600_000))])
        return Double(text.split(separator: "\n").last ?? "")
    }
}
