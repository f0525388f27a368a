package import JobQueue
package import Jobs

/// One worker as `workers --json` prints it.
package struct WorkerRow: Codable {
    package struct Breaker: Codable {
        package let name: String
        package let state: String
        package let failureRatio: Double
        /// By the clock of Redis; nil when it is not open.
        package let openUntil: Timestamp?
    }

    package let worker: String
    /// live or silent
    package let state: String
    package let silentMilliseconds: Int
    /// When it was last heard of, by the clock of Redis.
    package let seen: Timestamp
    package let started: Timestamp
    package let host: String
    package let pid: Int
    package let pool: String
    package let queues: [String]
    package let slots: Int
    package let running: Int
    package let held: Int
    package let version: String
    package let breakers: [Breaker]

    package init(_ entry: WorkerRegistry.Entry) {
        let report = entry.report ?? WorkerReport()
        let now = entry.seenMilliseconds
        worker = entry.id.description
        state = entry.isSilent ? "silent" : "live"
        silentMilliseconds = Int(entry.silentFor.milliseconds)
        seen = Timestamp(milliseconds: now)
        started = Timestamp(milliseconds: now - Int(report.uptime.milliseconds))
        host = entry.id.host
        pid = entry.id.process
        pool = report.pool
        queues = report.queues
        slots = report.slots
        running = report.running
        held = report.held
        version = report.version
        breakers = report.breakers.map { breaker in
            Breaker(
                name: breaker.name, state: breaker.state.rawValue, failureRatio: breaker.failureRatio,
                openUntil: breaker.openFor.map { Timestamp(milliseconds: now + Int($0.milliseconds)) })
        }
    }
}
