internal import JobQueue
internal import Jobs
internal import Metrics
internal import Platform

/// What a worker has counted since Redis was last told.
///
/// Plain numbers in one array, a stretch of it for each queue and type: counting a job is five additions on the event
/// loop, which knows how it ended anyway.
struct JobTally {
    private static let buckets = DurationBuckets.jobs
    // A stretch: the outcomes, then the buckets of both histograms, each with its sum in nanoseconds behind it.
    private static let waitedAt = JobOutcome.allCases.count
    private static let ranAt = waitedAt + buckets.count + 1
    private static let stretch = ranAt + buckets.count + 1

    private struct Series: Hashable {
        let queue: Int
        /// Nil for all that this program does not know: names that come from outside have no end.
        let type: JobType?
    }

    private let keys: [String]
    private var series: [Series] = []
    private var indices: [Series: Int] = [:]
    private var cells: [Int] = []
    private var roundTrips = DurationHistogram(.roundTrips)
    /// Taken before, and Redis did not.
    private var owed: [CounterIncrement] = []

    init(queues: [QueueName]) { keys = queues.map(CounterStore.key(of:)) }

    /// Where jobs of a type are counted.
    /// - Parameters:
    ///   - type: nil for one that this program does not know.
    ///   - queue: its index among the worker's.
    mutating func series(of type: JobType?, in queue: Int) -> Int {
        let new = Series(queue: queue, type: type)
        if let index = indices[new] { return index }
        indices[new] = series.count
        series.append(new)
        cells += repeatElement(0, count: Self.stretch)
        return series.count - 1
    }

    mutating func count(_ job: ActiveJob, as outcome: JobOutcome, _ clock: ServerClock, now: MonotonicTime) {
        let at = job.series * Self.stretch
        cells[at + outcome.rawValue] &+= 1
        guard let started = job.started else { return }
        let stopped = job.stopped ?? now
        note(stopped.nanoseconds &- min(started.nanoseconds, stopped.nanoseconds), at + Self.ranAt)
        // Its first worker has counted what one waited that was taken over.
        guard !job.job.wasRescued else { return }
        let waited = max(0, clock.milliseconds(at: started) - job.job.readyMilliseconds)
        note(UInt64(waited).multipliedReportingOverflow(by: 1_000_000).partialValue, at + Self.waitedAt)
    }

    private mutating func note(_ nanoseconds: UInt64, _ at: Int) {
        cells[at + Self.buckets.index(ofNanoseconds: nanoseconds)] &+= 1
        cells[at + Self.buckets.count] &+= Int(clamping: nanoseconds)
    }

    mutating func count(roundTrip: Duration) {
        roundTrips.add(nanoseconds: UInt64(max(0, roundTrip.seconds) * 1e9))
    }

    /// All that Redis is to be told, which is then nobody's but the caller's.
    mutating func take() -> [CounterIncrement] {
        var increments = owed
        owed = []
        for index in series.indices { take(index, into: &increments) }
        takeRoundTrips(into: &increments)
        return increments
    }

    /// What Redis did not take is told again with the next.
    mutating func putBack(_ increments: [CounterIncrement]) {
        var sums: [[String]: Int] = [:]
        for increment in owed + increments { sums[[increment.key, increment.field], default: 0] &+= increment.by }
        owed = sums.map { CounterIncrement($0.key[0], $0.key[1], by: $0.value) }
    }

    private mutating func take(_ index: Int, into increments: inout [CounterIncrement]) {
        let (at, key) = (index * Self.stretch, keys[series[index].queue])
        let type = series[index].type?.name ?? CounterStore.otherType
        for outcome in JobOutcome.allCases {
            let field = JobCountName.ended(type, outcome.label)
            take(at + outcome.rawValue, as: field, in: key, into: &increments)
        }
        for cell in 0...Self.buckets.count {
            let isSum = cell == Self.buckets.count
            let name = isSum ? DurationCell.sum : DurationCell(cell, of: Self.buckets)
            let unit = isSum ? 1000 : 1
            take(at + Self.waitedAt + cell, as: JobCountName.waited(type, name), in: key, per: unit, into: &increments)
            take(at + Self.ranAt + cell, as: JobCountName.ran(type, name), in: key, per: unit, into: &increments)
        }
    }

    /// What is no whole unit yet stays.
    private mutating func take(
        _ cell: Int, as field: @autoclosure () -> String, in key: String, per unit: Int = 1,
        into increments: inout [CounterIncrement]
    ) {
        let units = cells[cell] / unit
        guard units > 0 else { return }
        cells[cell] -= units * unit
        increments.append(CounterIncrement(key, field(), by: units))
    }

    private mutating func takeRoundTrips(into increments: inout [CounterIncrement]) {
        for (index, count) in roundTrips.counts.enumerated() where count > 0 {
            let name = CounterName.roundTrip(DurationCell(index, of: .roundTrips))
            increments.append(CounterIncrement(CounterStore.key, name, by: count))
        }
        if roundTrips.sumMicroseconds > 0 {
            let name = CounterName.roundTrip(.sum)
            increments.append(CounterIncrement(CounterStore.key, name, by: roundTrips.sumMicroseconds))
        }
        roundTrips = DurationHistogram(.roundTrips)
    }
}
