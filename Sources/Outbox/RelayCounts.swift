internal import JobQueue
internal import Jobs
internal import Platform

/// What a relay has counted since Redis was last told.
struct RelayCounts {
    private var moved: [String: Int] = [:]
    private var successes: [RelayDuty.Work: MonotonicTime] = [:]
    /// From our monotonic clock to that of Redis, in ms; nil until it has answered.
    private var ahead: Int?

    mutating func add(_ rows: Int, to queue: QueueName) {
        if rows > 0 { moved[CounterName.relayed(to: queue), default: 0] &+= rows }
    }

    mutating func note(_ work: RelayDuty.Work) { successes[work] = .now }

    /// What to tell, which is then nobody's but the caller's, and when each duty last succeeded.
    mutating func take() -> (increments: [CounterIncrement], duties: [String: Int]) {
        defer { moved = [:] }
        let increments = moved.map { CounterIncrement(CounterStore.key, $0.key, by: $0.value) }
        guard let ahead else { return (increments, [:]) }
        let duties = successes.map { ($0.key.label, Self.milliseconds($0.value) + ahead) }
        return (increments, Dictionary(uniqueKeysWithValues: duties))
    }

    mutating func putBack(_ increments: [CounterIncrement]) {
        for increment in increments { moved[increment.field, default: 0] &+= increment.by }
    }

    mutating func note(_ receipt: CounterStore.Receipt) {
        ahead = receipt.now - Self.milliseconds(.now)
        putBack(receipt.refused)
    }

    private static func milliseconds(_ time: MonotonicTime) -> Int { Int(time.nanoseconds / 1_000_000) }
}
