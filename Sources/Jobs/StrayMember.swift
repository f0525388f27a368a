/// A job that names another queue than the batch to which it is added: members are of their batch's queue.
public struct StrayMember: Error, Equatable, CustomStringConvertible {
    public let type: JobType
    public let queue: QueueName
    public let batch: BatchID

    /// The first one; nil when all are of the batch's queue.
    public init?(among jobs: [NewJob], of batch: BatchID) {
        guard let job = jobs.first(where: { $0.queue != batch.queue }) else { return nil }
        type = job.type
        queue = job.queue
        self.batch = batch
    }

    public var description: String {
        """
        A job '\(type)' for the queue '\(queue)' cannot be a member of the batch \(batch): make it with the queue \
        '\(batch.queue)', or open the batch in '\(queue)'.
        """
    }
}
