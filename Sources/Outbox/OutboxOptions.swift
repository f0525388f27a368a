public import Jobs

/// How the outbox is moved to Redis and looked after.
public struct OutboxOptions: Sendable, Equatable {
    /// The queues whose rows are moved, the most urgent first. Rows of others wait until somebody declares their queue.
    public var queues: [QueueName]
    /// Rows moved in one transaction: 1 to 500.
    public var batch = 500
    /// How often to look for rows when no notification comes.
    public var pollEvery: Duration = .seconds(1)
    /// How long after a row was sent Redis is first asked what became of the job. The waits double from then on …
    public var checkAfter: Duration = .seconds(30)
    /// … up to this.
    public var checkAtLeastEvery: Duration = .seconds(3600)
    /// How long rows are kept after their jobs have ended.
    public var retention: Duration = .seconds(7 * 86_400)
    /// How long effects that were applied and mails that were sent are remembered: longer than any job can come back.
    public var effectRetention: Duration = .seconds(365 * 86_400)
    /// The largest `args` a worker takes, in bytes.
    public var argsBytesLimit = 1_048_576

    public init(queues: [QueueName]) { self.queues = queues }

    /// How long Redis remembers a job after its last change, for the relay to know it again: longer than the relay is
    /// ever away.
    static let trackFor = Duration.seconds(7 * 86_400)
    /// How long Redis keeps state and result after their end was noted in the row, for those who wait for them.
    static let keepEnded = Duration.seconds(600)
}
