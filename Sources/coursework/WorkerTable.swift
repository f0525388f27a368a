import Reports

/// Workers as a table for a person, and below it the dependencies that they do not call.
enum WorkerTable {
    private static let titles = ["worker", "pool", "queues", "state", "running", "slots", "held", "up", "version"]

    static func text(_ rows: [WorkerRow]) -> String {
        guard !rows.isEmpty else { return "No worker was heard of in the last ten minutes." }
        let table = TextTable.layOut([titles] + rows.map(cells), leftColumns: 4)
        return Terminal.printable(([table] + rows.flatMap(troubles)).joined(separator: "\n"))
    }

    private static func cells(of row: WorkerRow) -> [String] {
        [
            name(of: row), row.pool, row.queues.joined(separator: ","), state(of: row), "\(row.running)",
            "\(row.slots)",
            "\(row.held)", TextTable.age(milliseconds: row.seen.milliseconds - row.started.milliseconds), row.version,
        ]
    }

    private static func name(of row: WorkerRow) -> String {
        row.host.isEmpty ? row.worker : "\(row.host):\(row.pid)"
    }

    private static func state(of row: WorkerRow) -> String {
        row.state == "silent" ? "silent for \(TextTable.age(milliseconds: row.silentMilliseconds))" : row.state
    }

    private static func troubles(of row: WorkerRow) -> [String] {
        row.breakers.filter { $0.state != "closed" }.map { breaker in
            let percent = Int((breaker.failureRatio * 100).rounded())
            return "\(name(of: row)) does not call \(breaker.name): \(breaker.state), \(percent) % of its calls failed"
        }
    }
}
