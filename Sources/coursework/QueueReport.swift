import JobQueue

/// One queue as `queues --json` prints it.
struct QueueReport: Encodable {
    let ready: Int
    let active: Int
    let scheduled: Int
    let retrying: Int
    let dead: Int
    let oldestReadyMilliseconds: Int
    let paused: Bool
    /// Jobs done since the queue was made.
    let done: Int

    enum CodingKeys: String, CodingKey {
        case ready, active, scheduled, retrying, dead, paused, done
        case oldestReadyMilliseconds = "oldest_ready_ms"
    }

    init(_ statistics: QueueStatistics, paused: Bool) {
        ready = statistics.ready
        active = statistics.active
        scheduled = statistics.scheduled
        retrying = statistics.retrying
        dead = statistics.dead
        oldestReadyMilliseconds = statistics.oldestReadyMilliseconds
        done = statistics.counters["done"] ?? 0
        self.paused = paused
    }
}
