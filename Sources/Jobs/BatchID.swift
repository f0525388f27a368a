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
