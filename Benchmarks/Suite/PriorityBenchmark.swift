internal import FoundationEssentials
internal import JobQueue
internal import Jobs
internal import Logging
internal import Platform
internal import RedisClient
internal import WorkerRuntime

/// Two queues in strict order: what the urgent one waits behind a flood of the other, and whether the other moves at all
/// under a flood of the urgent one.
struct PriorityBenchmark {
    private static let (urgent, low): (QueueName, QueueName) = ("emails", "notifications")
    private static let slots = 20

    let workshop: Workshop

    /// Jobs to be measured. A queue ages for a second, and a hundred of them are a second.
    private var samples: Int { max(300, workshop.jobs(500)) }

    func run(_ report: (Figure) -> Void) async throws {
        let idle = try await waits(flood: nil)
        report(Figure("emails, nothing else to do: wait p99", idle.urgent.percentile(0.99), "ms"))
        let behind = try await waits(flood: Self.low)
        let allowed = idle.urgent.percentile(0.99) + TimedJob.milliseconds
        for (name, part) in [("p50", 0.5), ("p99", 0.99)] {
            let wait = behind.urgent.percentile(part)
            report(
                Figure(
                    "emails behind a flood of notifications: wait \(name)", wait, "ms",
                    [.init(of: "idle p99 + one job's time", ratio: wait / allowed, bar: .atMost(1))]))
        }
        let under = try await waits(flood: Self.urgent)
        report(
            Figure(
                "notifications under a flood of emails: done", Double(under.low.count), "",
                [.init(of: "those enqueued", ratio: Double(under.low.count) / Double(under.asked), bar: .atLeast(0.5))])
        )
        report(Figure("  their wait p99", under.low.percentile(0.99), "ms"))
    }

    private struct Result {
        let urgent = Waits()
        let low = Waits()
        /// Jobs enqueued whose wait was measured.
        var asked = 0
    }

    /// Enqueues a job to be measured every 10 ms: urgent ones, or low ones when the flood is of urgent ones.
    private func waits(flood: QueueName?) async throws -> Result {
        try await workshop.withRedis { redis in
            var result = Result()
            let own = try await startWorker(redis, result)
            if let flood { try await fill(flood, redis) }
            let measured = flood == Self.urgent ? Self.low : Self.urgent
            let queue = JobQueue(measured, client: redis.client)
            for _ in 0..<samples {
                result.asked += 1
                let job = measured == Self.urgent ? try NewJob(StampJob(), queue: measured) : try NewJob(LowStampJob())
                _ = try await queue.enqueue(job)
                await workshop.loop.sleep(for: .milliseconds(10))
            }
            own.worker.hurry()
            try await own.end()
            return result
        }
    }

    /// More than can be done while it is measured.
    private func fill(_ queue: QueueName, _ redis: BenchRedis) async throws {
        let capacity = Double(samples) * 10 / TimedJob.milliseconds * Double(Self.slots)
        let job = try NewJob(TimedJob(), queue: queue)
        let jobs = Array(repeating: job, count: Int(capacity * 1.5))
        for answer in await JobQueue(queue, client: redis.client).enqueue(contentsOf: jobs) { _ = try answer.get() }
    }

    private func startWorker(_ redis: BenchRedis, _ result: Result) async throws -> OwnWorker {
        var registry = JobRegistry()
        registry.register(StampHandler(waits: result.urgent))
        registry.register(LowStampHandler(waits: result.low))
        registry.register(TimedHandler())
        return try await OwnWorker.start(
            on: redis, queues: [Self.urgent, Self.low], slots: Self.slots, registry: registry)
    }
}

/// Takes its time without using the processor, as one that waits for another server does.
private struct TimedJob: Job {
    static let type: JobType = "bench.timed"
    static let payloadSchema = PayloadSchema.any
    static let milliseconds = 5.0
}

private struct TimedHandler: JobHandler {
    func handle(_ job: TimedJob, context: JobContext) async throws -> Outcome {
        try await Task.sleep(for: .milliseconds(TimedJob.milliseconds))
        return .success()
    }
}

private struct LowStampJob: Job {
    static let type: JobType = "bench.low"
    static let payloadSchema = PayloadSchema.any
    static let queue: QueueName = "notifications"

    var sentNanoseconds = MonotonicTime.now.nanoseconds
}

private struct LowStampHandler: JobHandler {
    let waits: Waits

    func handle(_ job: LowStampJob, context: JobContext) async throws -> Outcome {
        waits.add(MonotonicTime.now.since(MonotonicTime(nanoseconds: job.sentNanoseconds)).seconds * 1000)
        return .success()
    }
}
