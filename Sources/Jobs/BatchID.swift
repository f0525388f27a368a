/// Names one batch, and leads to its keys without a lookup: `queue:token`.
public struct BatchID: Sendable, Hashable, CustomStringConvertible {
    public let queue: QueueName
    public let token: String

    /// The token is 1 to 64 letters, digits, `_` and `-`, or there is no such batch.
    public init?(queue: QueueName, token: String) {
        guard JobID.isToken(token.utf8) else { return nil }
        self.queue = queue
        self.token = token
    }

    /// The batch that a job opens as its first, its second … one: the same whenever the job runs, so that a run that is
    /// repeated goes on with it.
    ///
    ///     var batch = JobBatch(BatchID(of: context.id))
    ///
    /// - Parameter queue: that of the batch and its members; nil is the job's own.
    public init(of job: JobID, _ number: Int = 1, in queue: QueueName? = nil) {
        let queue = queue ?? job.queue
        // Tokens are unique in their queue only.
        let own = queue == job.queue ? job.token : "\(job.queue)-\(job.token)"
        guard let id = BatchID(queue: queue, token: DerivedToken.of(own, number)) else {
            preconditionFailure("names of queues and tokens are parts of a token")
        }
        self = id
    }

    /// Reads `emails:summer-term`.
    public init?(_ text: String) {
        guard let id = JobID(text) else { return nil }
        queue = id.queue
        token = id.token
    }

    /// A batch that nobody has opened yet.
    static func unused(in queue: QueueName) -> BatchID {
        let token = (0..<2).map { _ in UInt64.random(in: .min ... .max).hexadecimal }.joined()
        guard let id = BatchID(queue: queue, token: token) else {
            preconditionFailure("hexadecimal digits are a token")
        }
        return id
    }

    public var description: String { "\(queue):\(token)" }
}
