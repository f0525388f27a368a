/// A job that another store keeps until it knows how the job ended: it has its token already, and is enqueued once
/// however often it is pushed.
public struct PushedJob: Sendable {
    public let token: String
    /// How long it waits before it is ready; 0 is now.
    public let delayMilliseconds: Int
    public let type: String
    /// A JSON text.
    public let args: String
    public let traceparent: String?

    public init(token: String, delayMilliseconds: Int, type: String, args: String, traceparent: String?) {
        self.token = token
        self.delayMilliseconds = delayMilliseconds
        self.type = type
        self.args = args
        self.traceparent = traceparent
    }
}
