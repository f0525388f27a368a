package import JobQueue
package import Jobs

/// One limit as `limits --json` prints it.
package struct LimitReport: Codable {
    package let key: String
    package let queue: String
    package let running: Int
    /// Nil is any number.
    package let concurrency: Int?
    /// As it is written in the configuration; nil is any.
    package let rate: String?
    package let burst: Int?
    package let waiting: Int
    /// Until the rate lets the next one begin.
    package let nextMilliseconds: Int

    package init(_ status: LimitStatus, of queue: QueueName) {
        key = status.key
        self.queue = queue.name
        running = status.running
        concurrency = status.limit?.concurrency
        rate = status.limit?.rate.map { "\($0.count)/\(DurationText.format($0.period))" }
        burst = status.limit?.rate?.burst
        waiting = status.waiting
        nextMilliseconds = Int(status.next.milliseconds)
    }
}
