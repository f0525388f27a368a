internal import FoundationEssentials
internal import LocalServers

/// The drain with an append-only file.
struct DurabilityBenchmark {
    let workshop: Workshop

    func run(_ report: (Figure) -> Void) async throws {
        for fsync in ["everysec", "always"] {
            try await workshop.withRedis(.appendOnly(fsync: fsync)) { redis in
                let set = try await redis.setRate()
                let drain = try await Drain(redis: redis, jobs: workshop.jobs(400_000)).run()
                report(
                    Figure(
                        "drain, appendfsync \(fsync)", drain.jobsASecond, "jobs/s",
                        [.init(of: "SET -P 1 with it", ratio: drain.jobsASecond / set)]))
            }
        }
    }
}
