import Reports

/// Queues as a table for a person.
enum QueueTable {
    private static let titles = [
        "queue", "ready", "active", "scheduled", "retrying", "blocked", "dead", "oldest", "done",
    ]

    /// - Parameter before: the queues a second ago; adds the rate of jobs done.
    static func text(_ rows: [(String, QueueReport)], before: [String: QueueReport] = [:]) -> String {
        let cells = rows.map { name, report in
            [
                title(name, report), "\(report.ready)", "\(report.active)",
                "\(report.scheduled)", "\(report.retrying)", "\(report.blocked)", "\(report.dead)",
                TextTable.age(milliseconds: report.oldestReadyMilliseconds),
                "\(report.done)",
            ] + (before.isEmpty ? [] : ["\(report.done - (before[name]?.done ?? report.done))"])
        }
        return TextTable.layOut([titles + (before.isEmpty ? [] : ["done/s"])] + cells)
    }

    private static func title(_ name: String, _ report: QueueReport) -> String {
        if report.paused { return "\(name) (paused)" }
        return report.pausedTypes.isEmpty ? name : "\(name) (paused: \(report.pausedTypes.joined(separator: ", ")))"
    }
}
