internal import JobQueue
internal import Jobs
internal import Reports

/// What those who listen were told last, so that only what is new is told.
struct EventSight: Sendable {
    /// What a worker's row has that is worth an event.
    private struct Face: Equatable {
        let state: String
        let running: Int
        let held: Int
        let slots: Int
        let queues: [String]
        let breakers: [String]

        init(_ row: WorkerRow) {
            (state, running, held, slots, queues) = (row.state, row.running, row.held, row.slots, row.queues)
            breakers = row.breakers.map { "\($0.name) \($0.state)" }
        }
    }

    private var queues: [QueueName: (report: QueueReport, dead: Int)] = [:]
    private var workers: [String: WorkerRow] = [:]
    private var replays: [String: ReplayReport] = [:]

    /// All of it, for somebody who comes new.
    var events: [StreamEvent] {
        queues.map { StreamEvent(.queues, [$0.key.name: $0.value.report], queue: $0.key) }
            + workers.values.map { StreamEvent(.worker, $0) }
            + replays.values.filter { $0.state == "running" }.map { Self.event($0) }
    }

    /// - Returns: what is new.
    mutating func see(_ statistics: QueueStatistics, of queue: QueueName) -> [StreamEvent] {
        let (before, dead) = (queues[queue], statistics.counters["dead"] ?? 0)
        let report = QueueReport(statistics)
        queues[queue] = (report, dead)
        guard before?.report != report else { return [] }
        var events = [StreamEvent(.queues, [queue.name: report], queue: queue)]
        if let before, before.report.dead != report.dead || before.dead != dead {
            let news = DeadEvent(queue: queue.name, dead: report.dead, buried: max(0, dead - before.dead))
            events.append(StreamEvent(.dead, news, queue: queue))
        }
        return events
    }

    mutating func see(_ rows: [WorkerRow]) -> [StreamEvent] {
        let before = workers
        workers = Dictionary(rows.map { ($0.worker, $0) }) { first, _ in first }
        let gone = before.keys.filter { workers[$0] == nil }.sorted()
        return rows.filter { row in before[row.worker].map { Face($0) != Face(row) } ?? true }
            .map { StreamEvent(.worker, $0) } + gone.map { StreamEvent(.worker, GoneWorker(worker: $0)) }
    }

    /// Those that ran before nobody listened are nobody's news.
    mutating func see(_ reports: [ReplayReport], isFirst: Bool) -> [StreamEvent] {
        var events: [StreamEvent] = []
        for report in reports {
            let before = replays[report.id]
            let isNew = before.map { $0.updated != report.updated || $0.state != report.state } ?? !isFirst
            if isNew { events.append(Self.event(report)) }
        }
        replays = Dictionary(reports.map { ($0.id, $0) }) { first, _ in first }
        return events
    }

    private static func event(_ report: ReplayReport) -> StreamEvent {
        StreamEvent(.replay, report, queue: QueueName(report.queue))
    }
}
