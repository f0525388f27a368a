internal import JobQueue
internal import Jobs
internal import Logging
internal import Platform
internal import WorkerRuntime

/// A worker in this very process, so that one clock times a job's producer and its handler; with a loop, and so
/// connections and a thread, of its own.
struct OwnWorker: Sendable {
    let worker: Worker
    private let loop: EventLoop
    private let running: Task<Void, any Error>

    /// Starts it, and waits until it takes jobs.
    static func start(
        on redis: BenchRedis, queues: [QueueName] = [Workshop.queue], slots: Int = 20, registry: JobRegistry
    ) async throws -> OwnWorker {
        let loop = try EventLoop()
        var options = WorkerOptions(redis: redis.server.configuration, queues: queues)
        options.slots = slots
        let worker = Worker(
            id: WorkerID(host: "bench", process: 0), options: options, registry: registry, loop: loop, logger: .silent)
        let ready = Promise<Void>()
        let running = Task { try await worker.run { ready.complete(with: ()) } }
        await ready.wait()
        return OwnWorker(worker: worker, loop: loop, running: running)
    }

    /// Waits for its end, after it was told to drain or to hurry.
    func end() async throws {
        defer { loop.stop() }
        try await running.value
    }
}
