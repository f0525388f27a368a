import JobQueue
import Jobs
import Logging
import Platform
import RedisClient
import TestSupport
import WorkerRuntime

/// A worker that runs, and what came of it.
struct TestWorker: Sendable {
    let worker: Worker
    let ended = Promise<String?>()

    /// Starts a worker and waits until it takes jobs.
    static func start(
        _ redis: RedisConfiguration, on loop: EventLoop, queues: [QueueName] = ["q"],
        log: CollectedLog = CollectedLog(),
        options change: (inout WorkerOptions) -> Void = { _ in },
        registry changeRegistry: (inout JobRegistry) -> Void = { _ in },
        run: @escaping @Sendable (TestJob, JobContext) async throws -> Outcome
    ) async throws -> TestWorker {
        let started = Self.make(
            redis, on: loop, queues: queues, log: log, options: change, registry: changeRegistry, run: run)
        let ready = started.run()
        try await eventually("the worker is ready") { ready.value != nil || started.ended.value != nil }
        return started
    }

    static func make(
        _ redis: RedisConfiguration, on loop: EventLoop, queues: [QueueName] = ["q"],
        log: CollectedLog = CollectedLog(),
        options change: (inout WorkerOptions) -> Void = { _ in },
        registry changeRegistry: (inout JobRegistry) -> Void = { _ in },
        run: @escaping @Sendable (TestJob, JobContext) async throws -> Outcome
    ) -> TestWorker {
        var registry = JobRegistry()
        registry.register(ClosureHandler(body: run))
        changeRegistry(&registry)
        var options = WorkerOptions(redis: redis, queues: queues)
        options.slots = 4
        options.rescueEvery = .milliseconds(50)
        change(&options)
        return TestWorker(
            worker: Worker(
                id: WorkerID(host: "test", process: 1), options: options, registry: registry, loop: loop,
                logger: log.logger()))
    }

    /// Runs it; the promise comes true when it takes jobs.
    func run() -> Promise<Void> {
        let ready = Promise<Void>()
        Task {
            do {
                try await worker.run { ready.complete(with: ()) }
                ended.complete(with: nil)
            } catch {
                ended.complete(with: "\(error)")
            }
        }
        return ready
    }

    /// Drains it and waits for its end.
    /// - Returns: the error it ended with.
    @discardableResult
    func stop() async throws -> String? {
        worker.drain()
        return try await value(of: ended, within: .seconds(40), "the worker ended")
    }
}

extension JobQueue {
    func add(_ count: Int = 1, from first: Int = 0) async throws {
        let jobs = try (first..<first + count).map { try NewJob(TestJob(number: $0), queue: name) }
        for result in await enqueue(contentsOf: jobs) { _ = try result.get() }
    }

    func untilIdle(within limit: Duration = .seconds(40)) async throws {
        try await eventually(within: limit, "all jobs of \(name) have ended") { try await self.statistics().isIdle }
    }
}
