internal import JobQueue
internal import Platform
internal import RedisClient

/// What the worker says of itself, for those who ask which workers there are.
extension Worker {
    func announce() async throws(RedisError) {
        try await WorkerRegistry(client: client).announce(id, report)
    }

    private var report: WorkerReport {
        var report = WorkerReport()
        report.pool = options.pool
        report.queues = options.queues.map(\.name)
        report.slots = options.isSolo ? 1 : options.slots
        report.running = pool.runningJobs.count
        report.held = held.count
        report.uptime = MonotonicTime.now.since(begun)
        report.version = options.version
        report.breakers = breakers.statuses
        return report
    }
}
