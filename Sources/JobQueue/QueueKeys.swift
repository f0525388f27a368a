public import Jobs

/// The Redis keys of one queue. The braces make the queue's name the hash tag, so all of them live in one slot of a
/// cluster.
public struct QueueKeys: Sendable, Hashable {
    /// Ready and active jobs, one entry a job.
    public let stream: String

    public init(_ queue: QueueName) { stream = "cw:{\(queue)}" }

    /// Scheduled jobs and retries by the time they are due (sorted set).
    public var later: String { stream + ":later" }
    /// Parked jobs by the time they were buried (sorted set).
    public var dead: String { stream + ":dead" }
    /// Parked jobs by id (hash).
    public var deadJobs: String { stream + ":dead:jobs" }

    /// Changes when people ask something of the queue (number).
    public var control: String { stream + ":control" }
    /// How far the schedules of the queue are (hash).
    public var schedules: String { stream + ":schedules" }

    /// What is to be carried to other queues (stream).
    public var outgoing: String { stream + ":outgoing" }
    /// Results of the members of a batch, by token (hash).
    public func results(ofBatch token: String) -> String { "\(stream):batch:\(token):results" }

    /// State, progress and result of a tracked job (hash).
    public func job(_ token: String) -> String { "\(stream):job:\(token)" }
    /// How far a long job has come (string).
    public func checkpoint(of token: String) -> String { "\(stream):job:\(token):checkpoint" }
    /// Gets an element when a tracked job ends, for those who wait (list).
    public func end(of token: String) -> String { "\(stream):job:\(token):end" }
}
