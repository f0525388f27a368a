internal import JobQueue
internal import Jobs
internal import RedisClient

/// What it costs to be a member of a batch: jobs of one are enqueued and drained beside plain ones.
struct BatchBenchmark {
    let workshop: Workshop

    func run(_ report: (Figure) -> Void) async throws {
        try await workshop.withRedis { redis in
            let count = workshop.jobs(100_000)
            let plain = try await Drain(redis: redis, jobs: count).run().jobsASecond
            report(Figure("drain, plain jobs", plain, "jobs/s"))
            let batch = try await Drain(redis: redis, jobs: count, fill: { try await Self.enqueue(count, in: $0) })
                .run()
            report(Figure("enqueue into a batch", Double(count) / batch.fillSeconds, "jobs/s"))
            report(
                Figure(
                    "drain, members of a batch", batch.jobsASecond, "jobs/s",
                    [.init(of: "plain jobs", ratio: batch.jobsASecond / plain)]))
        }
    }

    private static func enqueue(_ count: Int, in redis: BenchRedis) async throws {
        var batch = JobBatch(queue: Workshop.queue)
        let job = NewJob(Workshop.type, queue: Workshop.queue, args: Workshop.payload)
        batch.jobs = Array(repeating: job, count: count)
        try await redis.queue.enqueue(batch)
    }
}
