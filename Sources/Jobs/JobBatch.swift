/// Jobs that belong together, and what is to happen when they have ended.
///
///     var batch = JobBatch(queue: "emails")
///     batch.onSuccess = try NewJob(TellTeacher(course: 17))
///     batch.jobs = try learners.map { try NewJob(SendWelcome(to: $0)) }
///     let id = try await JobQueue("emails", client: redis).enqueue(batch)
///
/// A callback may go to any queue; it reads ``JobContext/batch``. Each fires once.
public struct JobBatch: Sendable {
    public let id: BatchID
    /// What people see; at most 256 bytes.
    public var name: String?
    /// The members. Each must name the batch's queue.
    public var jobs: [NewJob] = []
    /// When all members have ended, in whatever way.
    public var onComplete: NewJob?
    /// When all members are done. A member that died and is replayed may bring this about later.
    public var onSuccess: NewJob?
    /// When the first member dies.
    public var onDeath: NewJob?
    /// How many bytes of results of members are kept for the callbacks, at most 64 MiB; nil keeps none.
    public var keepResults: Int?
    /// How long it is known after its end.
    public var keepFor: Duration = .seconds(7 * 86_400)

    /// A batch that is enqueued again, because the answer was lost, is the same.
    public init(_ id: BatchID) { self.id = id }

    public init(queue: QueueName) { self.init(.unused(in: queue)) }
}
