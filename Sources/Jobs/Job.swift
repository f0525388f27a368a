// Who writes a job says what its payload may be.
@_exported public import PayloadSchemas

/// A kind of work: its payload, and what is always true of it.
///
/// The payload is what the producer wrote into `args` as JSON. A new kind of job is this type and a ``JobHandler``:
///
///     struct SendReceipt: Job {
///         static let type: JobType = "receipt.send"
///         static let payloadSchema = PayloadSchema.object(
///             "The receipt of an order.", [.required("orderID", .integer(1...Int.max), "Which order.")])
///
///         var orderID: Int
///     }
public protocol Job: Codable, Sendable {
    static var type: JobType { get }
    /// What a payload may be: it is published, and producers' payloads are checked against it. It should refuse what the
    /// decoder or the handler will refuse for good; `.any` says nothing, and leaves it all to them.
    static var payloadSchema: PayloadSchema { get }
    /// Where jobs of this type go when the producer names no queue.
    static var queue: QueueName { get }
    static var retryPolicy: RetryPolicy { get }
    static var deadline: Deadline { get }

    /// What an error that the handler threw comes to; nil leaves it to the ``retryPolicy``.
    ///
    /// `.retry` counts as a failed attempt and waits by the policy, or not less than the delay it names; `.bury`,
    /// `.discard` and `.snooze` are what they are when a handler returns them.
    /// - Parameter attempt: 1 for the first.
    static func outcome(for error: any Error, attempt: Int) -> Outcome?
}

extension Job {
    public static var queue: QueueName { .default }
    public static var retryPolicy: RetryPolicy { .standard }
    public static var deadline: Deadline { .after(.seconds(300)) }
    public static func outcome(for error: any Error, attempt: Int) -> Outcome? { nil }
}
