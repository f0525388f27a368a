/// A kind of work: its payload, and what is always true of it.
///
/// The payload is what the producer wrote into `args` as JSON. A new kind of job is this type and a ``JobHandler``:
///
///     struct SendReceipt: Job {
///         static let type: JobType = "receipt.send"
///         var orderID: Int
///     }
public protocol Job: Codable, Sendable {
    static var type: JobType { get }
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
