public import Metrics

/// One number of a histogram in Redis.
public enum DurationCell: Sendable, Equatable {
    case bucket(Int)
    case sum

    /// - Parameter index: of a bucket.
    public init(_ index: Int, of buckets: DurationBuckets) {
        self = .bucket(index < buckets.microseconds.count ? buckets.microseconds[index] : .max)
    }

    var name: String {
        switch self {
        case .sum: "sum"
        case .bucket(.max): "inf"
        case .bucket(let microseconds): "\(microseconds)"
        }
    }

    init?(name: some StringProtocol) {
        switch name {
        case "sum": self = .sum
        case "inf": self = .bucket(.max)
        default:
            guard let microseconds = Int(name), microseconds > 0 else { return nil }
            self = .bucket(microseconds)
        }
    }
}

extension DurationHistogram {
    /// - Parameter cell: the text of one: what somebody else wrote there counts for nothing.
    mutating func add(_ count: Int, to cell: some StringProtocol) {
        switch DurationCell(name: cell) {
        case .sum: add(sumMicroseconds: count)
        case .bucket(let bound): add(count, toBucket: buckets.index(ofBound: bound))
        case nil: break
        }
    }
}
