/// How many durations fell between which bounds, and their sum.
public struct DurationHistogram: Sendable, Equatable {
    public let buckets: DurationBuckets
    /// How many fell into each bucket; unlike in the exposition, those below are not among them.
    public private(set) var counts: [Int]
    public private(set) var sumMicroseconds = 0

    public init(_ buckets: DurationBuckets) {
        self.buckets = buckets
        counts = Array(repeating: 0, count: buckets.count)
    }

    public var count: Int { counts.reduce(0, &+) }

    public mutating func add(nanoseconds: UInt64) {
        counts[buckets.index(ofNanoseconds: nanoseconds)] += 1
        sumMicroseconds &+= Int(clamping: nanoseconds / 1000)
    }

    /// - Parameter bucket: its index.
    public mutating func add(_ count: Int, toBucket bucket: Int) { counts[bucket] &+= count }

    public mutating func add(sumMicroseconds: Int) { self.sumMicroseconds &+= sumMicroseconds }

    /// - Parameter other: with the same buckets.
    public mutating func add(_ other: DurationHistogram) {
        precondition(other.buckets == buckets, "histograms with other buckets cannot be added")
        for (bucket, count) in other.counts.enumerated() { counts[bucket] &+= count }
        sumMicroseconds &+= other.sumMicroseconds
    }
}
