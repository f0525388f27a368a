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

    /// Whether one plain `XADD` says it all.
    public var isPlain: Bool {
        delay <= .zero && idempotencyKey == nil && uniqueKey == nil && expiresAfter == nil && trackFor == nil
    }
}
