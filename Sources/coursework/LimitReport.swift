import Configuration
import JobQueue
import Jobs

/// One limit as `limits --json` prints it.
struct LimitReport: Encodable {
    let key: String
    let queue: String
    let running: Int
    /// Nil is any number.
    let concurrency: Int?
    /// As it is written in the configuration; nil is any.
    let rate: String?
    let burst: Int?
    let waiting: Int
    /// Until the rate lets the next one begin.
    let nextMilliseconds: Int

    init(_ status: LimitStatus, of queue: QueueName) {
        key = status.key
        self.queue = queue.name
        running = status.running
        concurrency = status.limit?.concurrency
        rate = status.limit?.rate.map { "\($0.count)/\(DurationText.format($0.period))" }
        burst = status.limit?.rate?.burst
        waiting = status.waiting
        nextMilliseconds = Int(status.next.milliseconds)
    }

    /// For a person.
    static func text(_ reports: [LimitReport]) -> String {
        guard !reports.isEmpty else { return "No job asked for a limit in the last ten minutes." }
        return TextTable.layOut(
            [["limit", "queue", "running", "rate", "waiting", "next"]] + reports.map(\.cells), leftColumns: 2)
    }

    private var cells: [String] {
        let most = concurrency.map { "/\($0)" } ?? ""
        let next = nextMilliseconds == 0 ? "now" : "\(nextMilliseconds) ms"
        return [
            Terminal.printable(key), queue, "\(running)\(most)", rate ?? "-", "\(waiting)", rate == nil ? "-" : next,
        ]
    }
}
