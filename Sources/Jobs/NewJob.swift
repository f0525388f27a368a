/// A job to be enqueued.
public struct NewJob: Sendable {
    public var type: JobType
    public var queue: QueueName
    /// The payload: a JSON text in UTF-8.
    public var args: [UInt8]
    /// How long it waits before it is ready; zero is now.
    public var delay: Duration = .zero
    /// Within the window, a second job with the same key is not enqueued, and its caller gets the first one's id.
    public var idempotencyKey: IdempotencyKey?
    /// Until this job ends, a second one with the same key is not enqueued beside it.
    public var uniqueKey: UniqueKey?
    /// How long from now it is worth running; nil is for ever. A job that comes too late is not run.
    public var expiresAfter: Duration?
    /// How long state, progress and result are kept after each change; nil does not track.
    public var trackFor: Duration?
    /// A W3C `traceparent` to go on from.
    public var traceparent: String?
    /// A batch of its queue, of which it becomes a member.
    public var batch: BatchID?
    /// The jobs that come after it: see ``then(_:)``.
    public private(set) var links: [NewJob] = []

    public init(_ type: JobType, queue: QueueName, args: [UInt8]) {
        self.type = type
        self.queue = queue
        self.args = args
    }

    /// A job of a type this program knows.
    public init<Payload: Job>(_ payload: Payload, queue: QueueName = Payload.queue) throws {
        self.init(Payload.type, queue: queue, args: try JobResult(encoding: payload).json)
    }

    /// The payload as a worker reads it.
    /// - Throws: ``UndecodablePayload``.
    public func payload<Payload: Job>(as type: Payload.Type = Payload.self) throws(UndecodablePayload) -> Payload {
        try RegisteredJob.decode(type, from: args[...], with: PayloadDecoder())
    }

    /// The job as the first of a chain: each of `next` is enqueued, in the queue it names, when the one before it is done,
    /// and gets its result: ``JobContext/input(as:)``. One that ends in another way ends the chain; one that died goes on
    /// with it when it is replayed.
    ///
    /// At most 100 links that take 256 KiB as JSON, in which batches have no place: a member's links are members as long
    /// as they stay in its queue.
    public func then(_ next: [NewJob]) -> NewJob {
        var job = self
        job.links += next
        return job
    }

    public func then(_ next: NewJob...) -> NewJob { then(next) }

    /// The same job with other payloads, also of those that come after it.
    package func withPayloads(_ change: (_ args: [UInt8], _ type: JobType) -> [UInt8]) -> NewJob {
        var job = self
        job.args = change(args, type)
        job.links = links.map { $0.withPayloads(change) }
        return job
    }

    /// Whether one plain `XADD` says it all.
    public var isPlain: Bool {
        delay <= .zero && idempotencyKey == nil && uniqueKey == nil && expiresAfter == nil && trackFor == nil
            && batch == nil && links.isEmpty
    }
}
