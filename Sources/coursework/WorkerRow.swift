import JobQueue
import Jobs

/// One worker as `workers --json` prints it.
struct WorkerRow: Encodable {
    struct Breaker: Encodable {
        let name: String
        let state: String
        let failureRatio: Double
        /// In ms since 1970 by the clock of Redis; nil when it is not open.
        let openUntilMilliseconds: Int?

        enum CodingKeys: String, CodingKey {
            case name, state
            case failureRatio = "failure_ratio"
            case openUntilMilliseconds = "open_until_ms"
        }
    }

    let worker: String
    /// live or silent
    let state: String
    let silentMilliseconds: Int
    let seenMilliseconds: Int
    let startedMilliseconds: Int
    let host: String
    let pid: Int
    let pool: String
    let queues: [String]
    let slots: Int
    let running: Int
    let held: Int
    let version: String
    let breakers: [Breaker]

    enum CodingKeys: String, CodingKey {
        case worker, state, host, pid, pool, queues, slots, running, held, version, breakers
        case silentMilliseconds = "silent_ms"
        case seenMilliseconds = "seen_ms"
        case startedMilliseconds = "started_ms"
    }

    init(_ entry: WorkerRegistry.Entry) {
        let report = entry.report ?? WorkerReport()
        let seen = entry.seenMilliseconds
        worker = entry.id.description
        state = entry.isSilent ? "silent" : "live"
        silentMilliseconds = Int(entry.silentFor.milliseconds)
        seenMilliseconds = seen
        startedMilliseconds = seen - Int(report.uptime.milliseconds)
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
                openUntilMilliseconds: breaker.openFor.map { seen + Int($0.milliseconds) })
        }
    }
}
