/// The bounds between which durations are counted. They are fixed: what two processes counted can be added up.
public struct DurationBuckets: Sendable, Equatable {
    /// The upper bound of each bucket but the last, which has none.
    public let microseconds: [Int]
    private let nanoseconds: [UInt64]

    /// From a millisecond to an hour: what jobs wait and run.
    public static let jobs = DurationBuckets([
        1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000,
        10_000_000, 30_000_000, 60_000_000, 300_000_000, 900_000_000, 3_600_000_000,
    ])

    /// From a tenth of a millisecond to five seconds: what a server takes to answer.
    public static let roundTrips = DurationBuckets([
        100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 5_000_000,
    ])

    private init(_ microseconds: [Int]) {
        self.microseconds = microseconds
        nanoseconds = microseconds.map { UInt64($0) * 1000 }
    }

    /// The one without a bound included.
    public var count: Int { microseconds.count + 1 }

    /// The bucket of a duration: every job asks twice, so the bounds are halved and not gone through.
    public func index(ofNanoseconds duration: UInt64) -> Int {
        var (low, high) = (0, nanoseconds.count)
        while low < high {
            let middle = (low + high) / 2
            if duration > nanoseconds[middle] { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The bucket for what another version counted below a bound: the first that does not promise more.
    public func index(ofBound microseconds: Int) -> Int {
        self.microseconds.firstIndex { microseconds <= $0 } ?? self.microseconds.count
    }
}
