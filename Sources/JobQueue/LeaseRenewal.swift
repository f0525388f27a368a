public import RedisClient

/// Starts the leases of a worker's jobs anew, those of all its queues in one round trip.
public struct LeaseRenewal: Sendable {
    private let worker: WorkerID
    private var pipeline = RedisPipeline()

    public init(by worker: WorkerID) { self.worker = worker }

    /// How many answers there will be: one for each call of ``add(_:handings:of:)``.
    public var count: Int { pipeline.count }

    /// - Parameters:
    ///   - entries: at most ``JobQueue/entriesACall``.
    ///   - handings: when these are all jobs of the queue that the worker believes it holds, how many calls it has sent
    ///     that hand jobs back.
    public mutating func add(_ entries: [ArraySlice<UInt8>], handings: Int?, of queue: JobQueue) {
        queue.begin("cw_renew", arguments: 2 + entries.count, in: &pipeline)
        pipeline.append(worker.description)
        if let handings { pipeline.append(handings) } else { pipeline.append("" as StaticString) }
        for entry in entries { pipeline.append(entry) }
    }

    /// - Returns: in the order of the additions, the entries that the worker does not hold any more.
    public func send(through client: RedisClient) async throws(RedisError) -> [Result<[String], RedisError>] {
        try await FunctionLibrary(client: client).sendAll(pipeline).values.map { value in
            if let error = value.error { return .failure(error) }
            return .success(value.elements.compactMap(\.string))
        }
    }
}
