internal import FoundationEssentials
internal import JobQueue
internal import Jobs
internal import LocalServers
internal import Platform
internal import RedisClient

/// Jobs that wait, worker processes that start: how fast they are done. The clock runs from the last look that still
/// saw nearly all of them waiting to the first that saw none, so a worker's start is not in it.
struct Drain {
    struct Result {
        let jobsASecond: Double
        let workerMicrosecondsAJob: Double
        let peakMegabytes: Double
        /// How long it took to enqueue them.
        let fillSeconds: Double
    }

    let redis: BenchRedis
    let jobs: Int
    var workers = 1
    /// Jobs that each runs at once.
    var slots = 20
    /// What the jobs are beside plain ones.
    var use: (@Sendable (inout NewJob) -> Void)?
    /// Enqueues them in another way than one by one.
    var fill: (@Sendable (BenchRedis) async throws -> Void)?
    /// Where the workers find Redis, when that is not its socket.
    var url: String?
    /// The workers' own, beside what all have.
    var environment: [String: String] = [:]

    func run() async throws -> Result {
        try await redis.empty()
        let fillSeconds = try await Workshop.seconds {
            if let fill { try await fill(redis) } else { try await redis.fill(jobs, use: use) }
        }
        let watch = DrainWatch(queue: redis.queue, jobs: jobs, loop: redis.workshop.loop)
        async let seconds = watch.seconds()
        var processes: [WorkerProcess] = []
        for _ in 0..<workers {
            processes.append(
                try await WorkerProcess.start(
                    on: url ?? redis.server.url, environment, workshop: redis.workshop, slots: slots))
        }
        let taken = try await seconds
        let processor = processes.reduce(0) { $0 + $1.processorSeconds }
        let peak = processes.map(\.peakMegabytes).max() ?? 0
        for process in processes { await process.stop() }
        let done = try await redis.queue.statistics().counters["done"] ?? 0
        guard done == jobs else { throw BenchmarkFailure(description: "\(done) of \(jobs) jobs were done") }
        return Result(
            jobsASecond: Double(jobs) / taken, workerMicrosecondsAJob: processor * 1e6 / Double(jobs),
            peakMegabytes: peak, fillSeconds: fillSeconds)
    }
}

/// Looks every 5 ms; two commands that cost Redis a few microseconds each.
private struct DrainWatch {
    let queue: JobQueue
    let jobs: Int
    let loop: EventLoop

    func seconds() async throws -> Double {
        var begin = MonotonicTime.now
        while true {
            let now = MonotonicTime.now
            let statistics = try await queue.statistics()
            if statistics.counters["done"] ?? 0 == 0 { begin = now }
            if statistics.isIdle { return MonotonicTime.now.since(begin).seconds }
            await loop.sleep(for: .milliseconds(5))
        }
    }
}
