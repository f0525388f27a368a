public import Jobs
public import Metrics

/// Counters beside those of jobs.
public enum CounterName {
    /// How long Redis took to answer workers.
    public static func roundTrip(_ cell: DurationCell) -> String { "redis \(cell.name)" }

    public static func roundTrips(in counts: [String: Int]) -> DurationHistogram {
        var histogram = DurationHistogram(.roundTrips)
        for (name, count) in counts where name.hasPrefix("redis ") { histogram.add(count, to: name.dropFirst(6)) }
        return histogram
    }

    /// Finished spans, by what became of them: sent, dropped.
    public static func spans(_ end: String) -> String { "spans \(end)" }

    /// Rows of the outbox that were moved to a queue.
    public static func relayed(to queue: QueueName) -> String { "relayed \(queue)" }
}
