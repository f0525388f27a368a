public import Jobs

/// The Redis keys of one queue. The braces make the queue's name the hash tag, so all of them live in one slot of a
/// cluster.
public struct QueueKeys: Sendable, Hashable {
    /// Ready and active jobs, one entry a job.
    public let stream: String
    /// Those of them that waited for a limit and have their passes (stream): workers read it first.
    public var admitted: String { stream + ":admitted" }

    public init(_ queue: QueueName) { stream = Self.stream(of: queue.name) }

    static func stream(of queue: String) -> String { "cw:{\(queue)}" }

    /// The queue of which this is a key; nil for a key that is of none.
    static func queue(ofKey key: String) -> QueueName? {
        let beginning = "cw:{"
        guard key.hasPrefix(beginning), let end = key.firstIndex(of: "}") else { return nil }
        return QueueName(String(key[key.index(key.startIndex, offsetBy: beginning.count)..<end]))
    }

    /// Scheduled jobs and retries by the time they are due (sorted set).
    public var later: String { stream + ":later" }
    /// Those by id (hash).
    public var laterJobs: String { stream + ":later:jobs" }
    /// Jobs that wait for a limit, by id (hash).
    public var blockedJobs: String { stream + ":blocked:jobs" }
    /// Parked jobs by the time they were buried (sorted set).
    public var dead: String { stream + ":dead" }
    /// Parked jobs by id (hash).
    public var deadJobs: String { stream + ":dead:jobs" }

    /// Changes when people ask something of the queue (number).
    public var control: String { stream + ":control" }
    /// What workers have counted of its jobs (hash): see ``CounterStore``.
    var metrics: String { stream + ":metrics" }
    /// How far the schedules of the queue are (hash).
    public var schedules: String { stream + ":schedules" }
    /// Groups of parked jobs by when the last of each was buried (sorted set).
    public var deadGroups: String { stream + ":dead:groups" }
    /// What the jobs of a group have in common (hash).
    public var deadGroupsAbout: String { stream + ":dead:groups:about" }
    /// The parked jobs of one group (sorted set).
    public func deadGroup(_ fingerprint: String) -> String { "\(stream):dead:group:\(fingerprint)" }
    /// The ids of the latest replays, the latest first (list).
    public var replays: String { stream + ":replays" }
    /// The state of one replay (hash).
    public func replay(_ id: String) -> String { "\(stream):replay:\(id)" }

    /// What is to be carried to other queues (stream).
    public var outgoing: String { stream + ":outgoing" }
    /// Results of the members of a batch, by token (hash).
    public func results(ofBatch token: String) -> String { "\(stream):batch:\(token):results" }

    /// State, progress and result of a tracked job (hash).
    public func job(_ token: String) -> String { "\(stream):job:\(token)" }
    /// How far a long job has come (string).
    public func checkpoint(of token: String) -> String { "\(stream):job:\(token):checkpoint" }
    /// What a tracked job said, the newest lines (stream).
    public func log(of token: String) -> String { "\(stream):job:\(token):log" }
    /// What became of tracked jobs, the newest changes (stream).
    public var events: String { stream + ":events" }
    /// Gets an element when a tracked job ends, for those who wait (list).
    public func end(of token: String) -> String { "\(stream):job:\(token):end" }
}
