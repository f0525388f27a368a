internal import FoundationEssentials
internal import JobQueue
internal import Jobs

/// What each feature costs the job that uses it, beside a plain job in the same run; and that waiting jobs cost nobody
/// anything, however many they are.
struct FeaturesBenchmark {
    let workshop: Workshop

    func run(_ report: (Figure) -> Void) async throws {
        try await workshop.withRedis { redis in
            let plain = try await rates(redis) { _ in }
            report(Figure("plain: enqueue in bulk", plain.enqueued, "jobs/s"))
            report(Figure("plain: drain", plain.drained, "jobs/s"))
            for feature in Self.features {
                let rates = try await rates(redis, feature.use)
                report(
                    Figure(
                        "\(feature.name): enqueue in bulk", rates.enqueued, "jobs/s",
                        [.init(of: "plain", ratio: rates.enqueued / plain.enqueued)]))
                report(
                    Figure(
                        "\(feature.name): drain", rates.drained, "jobs/s",
                        [.init(of: "plain", ratio: rates.drained / plain.drained)]))
            }
            try await limited(redis, plain: plain.drained, report)
            try await batched(redis, plain: plain, report)
            try await sealed(report)
            try await promotion(redis, report)
            try await depth(redis, report)
        }
    }

    private struct Feature: Sendable {
        let name: String
        let use: @Sendable (inout NewJob) -> Void
    }

    private static let features = [
        Feature(name: "idempotency key") { $0.idempotencyKey = IdempotencyKey(unique()) },
        Feature(name: "unique until done") { $0.uniqueKey = UniqueKey(unique()) },
        Feature(name: "throttled") { $0.uniqueKey = UniqueKey(unique(), mode: .throttle) },
        Feature(name: "tracked") { $0.trackFor = .seconds(3600) },
        Feature(name: "expiring") { $0.expiresAfter = .seconds(3600) },
        Feature(name: "delayed (promoted first)") { $0.delay = .milliseconds(1) },
    ]

    private static func unique() -> String { String(UInt64.random(in: 0 ... .max), radix: 36) }

    private func rates(
        _ redis: BenchRedis, _ use: @escaping @Sendable (inout NewJob) -> Void
    ) async throws -> (enqueued: Double, drained: Double) {
        let count = workshop.jobs(200_000)
        var drain = Drain(redis: redis, jobs: count)
        drain.use = use
        let result = try await drain.run()
        return (Double(count) / result.fillSeconds, result.jobsASecond)
    }

    /// One worker's duty alone: from the sorted set into the stream.
    private func promotion(_ redis: BenchRedis, _ report: (Figure) -> Void) async throws {
        let count = workshop.jobs(200_000)
        try await redis.empty()
        try await redis.fill(count) { $0.delay = .milliseconds(1) }
        var promoted = 0
        let seconds = try await Workshop.seconds {
            while promoted < count { promoted += try await redis.queue.promote().count }
        }
        let rate = Double(count) / seconds
        report(
            Figure(
                "promotion of due jobs", rate, "jobs/s",
                [.init(of: "50,000/s", ratio: rate / 50_000, bar: .atLeast(1))]))
    }

    /// An enqueue now, and one for later, while few wait for their time and while very many do.
    private func depth(_ redis: BenchRedis, _ report: (Figure) -> Void) async throws {
        let (few, many) = (workshop.jobs(10_000), workshop.jobs(5_000_000))
        try await redis.empty()
        try await fillLater(redis, few)
        let shallow = try await enqueueRates(redis)
        try await fillLater(redis, many - few)
        let deep = try await enqueueRates(redis)
        for (name, before, after) in [
            ("ready", shallow.ready, deep.ready), ("scheduled", shallow.scheduled, deep.scheduled),
        ] {
            report(Figure("enqueue \(name) with \(Figure.text(Double(few))) scheduled", before, "jobs/s"))
            report(
                Figure(
                    "enqueue \(name) with \(Figure.text(Double(many))) scheduled", after, "jobs/s",
                    [.init(of: "few", ratio: after / before, bar: .atLeast(0.8))]))
        }
    }

    private func fillLater(_ redis: BenchRedis, _ count: Int) async throws {
        try await redis.fill(count, args: Array("{}".utf8)) { $0.delay = .seconds(Int64.random(in: 3600...360_000)) }
    }

    /// The median of several rounds, in bulk: the round trip does not hide what Redis does.
    private func enqueueRates(_ redis: BenchRedis) async throws -> (ready: Double, scheduled: Double) {
        let count = workshop.jobs(50_000)
        var (ready, scheduled) = ([Double](), [Double]())
        for _ in 0..<5 {
            ready.append(Double(count) / (try await Workshop.seconds { try await redis.fill(count) }))
            scheduled.append(Double(count) / (try await Workshop.seconds { try await fillLater(redis, count) }))
        }
        return (ready.sorted()[2], scheduled.sorted()[2])
    }
}
