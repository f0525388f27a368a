public import Jobs
internal import RedisClient

/// A batch at one moment.
public struct BatchDescription: Sendable {
    public enum State: String, Sendable {
        /// Jobs are still added.
        case open
        /// All jobs are added but for those that members may add.
        case closed
        /// Its members that have not ended are cancelled.
        case cancelling
        /// All members have ended. One that is replayed is pending again.
        case ended
    }

    public let id: BatchID
    public let state: State
    public let name: String?
    public let isCancelled: Bool
    /// In ms since 1970, by the clock of Redis.
    public let openedMilliseconds: Int
    /// When nothing was pending for the first time; nil before.
    public let endedMilliseconds: Int?
    public let pending: Int
    public let done: Int
    public let dead: Int
    /// Discarded, cancelled or expired.
    public let other: Int
    /// Results that were not kept since there was no room for them.
    public let omittedResults: Int

    /// All members that were ever added.
    public var total: Int { progress.total }

    /// As a job sees it.
    public var progress: BatchProgress {
        BatchProgress(
            pending: pending, done: done, dead: dead, other: other, isCancelled: isCancelled, hasEnded: state == .ended)
    }

    /// Reads `[id, state, [field, value, …], pending, done, dead, other]`.
    init?(_ value: RedisValue, in queue: QueueName) {
        var parts = value.elements
        guard let id = parts.next()?.string.flatMap({ BatchID(queue: queue, token: $0) }),
            let state = parts.next()?.string.flatMap(State.init)
        else { return nil }
        let fields = JobQueue.dictionary(parts.next())
        let counts = parts.compactMap(\.integer)
        guard counts.count == 4 else { return nil }
        self.id = id
        self.state = state
        name = fields["name"]
        isCancelled = fields["cancelled"] != nil
        openedMilliseconds = Int(fields["created"] ?? "") ?? 0
        endedMilliseconds = fields["ended"].flatMap { Int($0) }
        (pending, done, dead, other) = (counts[0], counts[1], counts[2], counts[3])
        omittedResults = Int(fields["results_omitted"] ?? "") ?? 0
    }
}
