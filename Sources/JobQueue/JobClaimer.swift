public import Jobs
public import RedisClient

/// Claims jobs of several queues for one worker, on a connection of its own, since waiting blocks it.
public struct JobClaimer: Sendable {
    /// A job and the queue it is of, as an index into the claimer's queues.
    public struct Claim: Sendable {
        public let queue: Int
        public let job: ClaimedJob
        /// The lower runs first, of those that wait in the worker.
        public private(set) var rank = 0

        public init(queue: Int, job: ClaimedJob) {
            self.queue = queue
            self.job = job
        }

        public func ranked(_ rank: Int) -> Claim {
            var claim = self
            claim.rank = rank
            return claim
        }
    }

    public let queues: [QueueName]
    private let keys: [QueueKeys]
    private let worker: WorkerID
    private let client: RedisClient

    public init(queues: [QueueName], worker: WorkerID, client: RedisClient) {
        self.queues = queues
        keys = queues.map(QueueKeys.init)
        self.worker = worker
        self.client = client
    }

    /// Takes what is ready in one lane of a queue, at most `count`.
    public func claim(
        from queue: Int, lane: Lane = .ordinary, count: Int
    ) async throws(RedisError) -> [Claim] {
        var pipeline = RedisPipeline()
        begin(streams: 1, count: count, blocking: nil, in: &pipeline)
        pipeline.append(lane.key(of: keys[queue]))
        pipeline.append(">" as StaticString)
        let value = try await client.send(pipeline).first
        if let error = value.error { throw error }
        var claims: [Claim] = []
        claims.reserveCapacity(count)
        read(value, into: &claims) { _ in (queue, lane) }
        return claims
    }

    /// Waits until one of the queues has a job and takes it; none when the time is over.
    /// - Parameters:
    ///   - count: how many of one lane of a queue at most.
    ///   - wait: how long; Redis wakes us, nothing polls.
    public func waitForJobs(
        in queues: [Int], count: Int, for wait: Duration
    ) async throws(RedisError) -> [Claim] {
        var pipeline = RedisPipeline()
        let streams = queues.flatMap { queue in
            Lane.allCases.map { lane in (key: lane.key(of: keys[queue]), queue: queue, lane: lane) }
        }
        begin(streams: streams.count, count: count, blocking: wait, in: &pipeline)
        for stream in streams { pipeline.append(stream.key) }
        for _ in streams { pipeline.append(">" as StaticString) }
        let value = try await client.send(pipeline, blocking: wait).first
        if let error = value.error { throw error }
        var claims: [Claim] = []
        read(value, into: &claims) { name in
            streams.first { $0.key.utf8.elementsEqual(name) }.map { ($0.queue, $0.lane) }
        }
        return claims
    }

    /// Makes a claim that waits at Redis return empty-handed. Nothing is lost that way, unlike by closing.
    public func unblock(through other: RedisClient) async { await client.unblock(through: other) }

    /// Ends the connection; a claim under way throws `.closed`.
    public func close() { client.close() }

    private func begin(streams: Int, count: Int, blocking: Duration?, in pipeline: inout RedisPipeline) {
        pipeline.begin(arguments: 7 + 2 * streams + (blocking == nil ? 0 : 2))
        pipeline.append("XREADGROUP" as StaticString)
        pipeline.append("GROUP" as StaticString)
        pipeline.append("workers" as StaticString)
        pipeline.append(worker.description)
        pipeline.append("COUNT" as StaticString)
        pipeline.append(count)
        if let blocking {
            pipeline.append("BLOCK" as StaticString)
            pipeline.append(Int(max(1, blocking.milliseconds)))
        }
        pipeline.append("STREAMS" as StaticString)
    }

    /// Reads `[[stream, [entry, …]], …]`.
    private func read(
        _ value: RedisValue, into claims: inout [Claim], place: (ArraySlice<UInt8>) -> (queue: Int, lane: Lane)?
    ) {
        for stream in value.elements {
            var parts = stream.elements
            guard let name = parts.next()?.bytes, let entries = parts.next(), let (queue, lane) = place(name) else {
                continue
            }
            for entry in entries.elements {
                if let job = ClaimedJob(entry, of: lane) { claims.append(Claim(queue: queue, job: job)) }
            }
        }
    }
}
