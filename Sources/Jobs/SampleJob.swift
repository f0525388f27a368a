/// A real job that shows what a type does: what `coursework demo` enqueues.
public struct SampleJob: Sendable {
    public let type: JobType
    public let queue: QueueName
    /// The payload as JSON.
    public let args: String
    /// What happens, for a person: "a welcome mail to Ada".
    public let title: String

    public init(_ type: JobType, queue: QueueName, args: String, title: String) {
        self.type = type
        self.queue = queue
        self.args = args
        self.title = title
    }
}
