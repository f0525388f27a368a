/// A long queue must not be a slow one.
struct DepthBenchmark {
    let workshop: Workshop

    func run(_ report: (Figure) -> Void) async throws {
        try await workshop.withRedis { redis in
            // A short queue is drained in a blink, so it is drained several times.
            let short = workshop.jobs(10_000)
            var rates: [Double] = []
            for _ in 0..<9 { rates.append(try await Drain(redis: redis, jobs: short).run().jobsASecond) }
            let shallow = rates.sorted()[rates.count / 2]
            report(Figure("drain with \(Figure.text(Double(short))) jobs waiting, median", shallow, "jobs/s"))
            let long = workshop.jobs(1_000_000)
            let deep = try await Drain(redis: redis, jobs: long).run().jobsASecond
            report(
                Figure(
                    "drain with \(Figure.text(Double(long))) jobs waiting", deep, "jobs/s",
                    [.init(of: "the short queue's", ratio: deep / shallow, bar: .atLeast(0.9))]))
        }
    }
}
