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
    private let streams: [String]
    private let worker: WorkerID
    private let client: RedisClient

    public init(queues: [QueueName], worker: WorkerID, client: RedisClient) {
        self.queues = queues
        streams = queues.map { QueueKeys($0).stream }
        self.worker = worker
        self.client = client
    }

    /// Takes what is ready of one queue, at most `count`.
    public func claim(from queue: Int, count: Int) async throws(RedisError) -> [Claim] {
        var pipeline = RedisPipeline()
        begin(streams: 1, count: count, blocking: nil, in: &pipeline)
        pipeline.append(streams[queue])
        pipeline.append(">" as StaticString)
        let value = try await client.send(pipeline).first
        if let error = value.error { throw error }
        var claims: [Claim] = []
        claims.reserveCapacity(count)
        read(value, into: &claims) { _ in queue }
        return claims
    }

    /// Waits until one of the queues has a job and takes it; none when the time is over.
    /// - Parameters:
    ///   - count: how many of one queue at most.
    ///   - wait: how long; Redis wakes us, nothing polls.
    public func waitForJobs(
        in queues: [Int], count: Int, for wait: Duration
    ) async throws(RedisError) -> [Claim] {
        var pipeline = RedisPipeline()
        begin(streams: queues.count, count: count, blocking: wait, in: &pipeline)
        for queue in queues { pipeline.append(streams[queue]) }
        for _ in queues { pipeline.append(">" as StaticString) }
        let value = try await client.send(pipeline, blocking: wait).first
        if let error = value.error { throw error }
        var claims: [Claim] = []
        read(value, into: &claims) { stream in queues.first { streams[$0].utf8.elementsEqual(stream) } }
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
    private func read(_ value: RedisValue, into claims: inout [Claim], queue: (ArraySlice<UInt8>) -> Int?) {
        for stream in value.elements {
            var parts = stream.elements
            guard let name = parts.next()?.bytes, let entries = parts.next(), let queue = queue(name) else { continue }
            for entry in entries.elements {
                if let job = ClaimedJob(entry) { claims.append(Claim(queue: queue, job: job)) }
            }
        }
    }
}
