package import JobQueue

/// One queue as `queues --json` prints it.
package struct QueueReport: Codable, Equatable {
    package let ready: Int
    package let active: Int
    package let scheduled: Int
    package let retrying: Int
    package let blocked: Int
    package let dead: Int
    package let oldestReadyMilliseconds: Int
    /// Jobs that follow others and wait to be carried to their queue.
    package let outgoing: Int
    package let paused: Bool
    package let pausedTypes: [String]
    /// Jobs done, and attempts that failed, since the queue was made.
    package let done: Int
    package let failed: Int

    package init(_ statistics: QueueStatistics) {
        ready = statistics.ready
        active = statistics.active
        scheduled = statistics.scheduled
        retrying = statistics.retrying
        blocked = statistics.blocked
        dead = statistics.dead
        oldestReadyMilliseconds = statistics.oldestReadyMilliseconds
        outgoing = statistics.outgoing
        done = statistics.counters["done"] ?? 0
        failed = (statistics.counters["retried"] ?? 0) + (statistics.counters["dead"] ?? 0)
        paused = statistics.isPaused
        pausedTypes = statistics.pausedTypes.sorted()
    }
}
