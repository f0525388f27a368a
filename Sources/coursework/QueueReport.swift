import JobQueue

/// One queue as `queues --json` prints it.
struct QueueReport: Encodable {
    let ready: Int
    let active: Int
    let scheduled: Int
    let retrying: Int
    let blocked: Int
    let dead: Int
    let oldestReadyMilliseconds: Int
    /// Jobs that follow others and wait to be carried to their queue.
    let outgoing: Int
    let paused: Bool
    let pausedTypes: [String]
    /// Jobs done since the queue was made.
    let done: Int

    init(_ statistics: QueueStatistics) {
        ready = statistics.ready
        active = statistics.active
        scheduled = statistics.scheduled
        retrying = statistics.retrying
        blocked = statistics.blocked
        dead = statistics.dead
        oldestReadyMilliseconds = statistics.oldestReadyMilliseconds
        outgoing = statistics.outgoing
        done = statistics.counters["done"] ?? 0
        paused = statistics.isPaused
        pausedTypes = statistics.pausedTypes.sorted()
    }
}
