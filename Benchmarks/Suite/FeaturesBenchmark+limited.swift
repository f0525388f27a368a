internal import FoundationEssentials

extension FeaturesBenchmark {
    /// Jobs that ask for passes before they begin, of limits that never refuse: what the asking costs.
    func limited(_ redis: BenchRedis, plain: Double, _ report: (Figure) -> Void) async throws {
        for (name, limit) in [
            ("limited, as a type", "concurrency: 1000000"),
            ("limited, by a field", "concurrency: 1000000, rate: \"1000000/1s\", burst: 1000000, by: \"user_id\""),
        ] {
            let configuration = workshop.folder + "/limited.json5"
            let text = "{ policies: { \"\(Workshop.type)\": { limit: { \(limit) } } } }"
            try text.write(toFile: configuration, atomically: true, encoding: .utf8)
            var drain = Drain(redis: redis, jobs: workshop.jobs(100_000))
            drain.environment = ["COURSEWORK_CONFIG": configuration]
            let rate = try await drain.run().jobsASecond
            report(Figure("\(name): drain", rate, "jobs/s", [.init(of: "plain", ratio: rate / plain)]))
        }
    }
}
