import JobQueue
import Jobs

/// One worker as `workers --json` prints it.
struct WorkerRow: Encodable {
    struct Breaker: Encodable {
        let name: String
        let state: String
        let failureRatio: Double
        /// By the clock of Redis; nil when it is not open.
        let openUntil: Timestamp?
    }

    let worker: String
    /// live or silent
    let state: String
    let silentMilliseconds: Int
    /// When it was last heard of, by the clock of Redis.
    let seen: Timestamp
    let started: Timestamp
    let host: String
    let pid: Int
    let pool: String
    let queues: [String]
    let slots: Int
    let running: Int
    let held: Int
    let version: String
    let breakers: [Breaker]

    init(_ entry: WorkerRegistry.Entry) {
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
