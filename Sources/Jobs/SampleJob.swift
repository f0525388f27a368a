/// A real job that shows what a type does: what `coursework demo` enqueues.
public struct SampleJob: Sendable {
    public let type: JobType
    public let queue: QueueName
    /// The payload as JSON.
    public let args: String
    /// What happens, for a person: "a welcome mail to Ada".
    public let title: String
    /// Statements that write the rows it needs, if any; they may run again.
    public let sql: String?
    /// The file it reads, if any.
    public let file: SampleFile?

    public init(
        _ type: JobType, queue: QueueName, args: String, title: String, sql: String? = nil, file: SampleFile? = nil
    ) {
        self.type = type
        self.queue = queue
        self.args = args
        self.title = title
        self.sql = sql
        self.file = file
    }
}
