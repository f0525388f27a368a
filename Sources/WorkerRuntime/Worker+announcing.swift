internal import JobQueue
internal import Platform
internal import RedisClient

/// What the worker says of itself, for those who ask which workers there are.
extension Worker {
    /// The report and what was counted leave together.
    func announce() async throws(RedisError) {
        async let told: Void = tellCounts()
        let announced: Result<Void, RedisError>
        do throws(RedisError) {
            announced = .success(try await WorkerRegistry(client: client).announce(id, report))
        } catch {
            announced = .failure(error)
        }
        await told
        try announced.get()
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
