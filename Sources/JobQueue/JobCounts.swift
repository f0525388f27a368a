public import Metrics

/// What workers have counted of the jobs of one type in one queue, since Redis has the queue.
public struct JobCounts: Sendable, Equatable {
    /// Attempts by what they came to: done, retried, dead …
    public var ended: [String: Int] = [:]
    /// From when they were ready to when they began, and from then to their end.
    public var waited = DurationHistogram(.jobs)
    public var ran = DurationHistogram(.jobs)

    public init() {}

    public mutating func add(_ other: JobCounts) {
        ended.merge(other.ended) { $0 &+ $1 }
        waited.add(other.waited)
        ran.add(other.ran)
    }
}
