internal import JobQueue
internal import Jobs

extension FeaturesBenchmark {
    /// Jobs that are members of one batch.
    func batched(_ redis: BenchRedis, plain: (enqueued: Double, drained: Double), _ report: (Figure) -> Void)
        async throws
    {
        let count = workshop.jobs(100_000)
        let result = try await Drain(redis: redis, jobs: count, fill: { try await Self.enqueueBatch(count, in: $0) })
            .run()
        let enqueued = Double(count) / result.fillSeconds
        report(
            Figure(
                "member of a batch: enqueue in bulk", enqueued, "jobs/s",
                [.init(of: "plain", ratio: enqueued / plain.enqueued)]))
        report(
            Figure(
                "member of a batch: drain", result.jobsASecond, "jobs/s",
                [.init(of: "plain", ratio: result.jobsASecond / plain.drained)]))
    }

    private static func enqueueBatch(_ count: Int, in redis: BenchRedis) async throws {
        var batch = JobBatch(queue: Workshop.queue)
        let job = NewJob(Workshop.type, queue: Workshop.queue, args: Workshop.payload)
        batch.jobs = Array(repeating: job, count: count)
        try await redis.queue.enqueue(batch)
    }
}
