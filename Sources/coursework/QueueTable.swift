/// Queues as a table for a person.
enum QueueTable {
    private static let titles = [
        "queue", "ready", "active", "scheduled", "retrying", "blocked", "dead", "oldest", "done",
    ]

    /// - Parameter before: the queues a second ago; adds the rate of jobs done.
    static func text(_ rows: [(String, QueueReport)], before: [String: QueueReport] = [:]) -> String {
        let cells = rows.map { name, report in
            [
                report.paused ? "\(name) (paused)" : name, "\(report.ready)", "\(report.active)",
                "\(report.scheduled)", "\(report.retrying)", "\(report.blocked)", "\(report.dead)",
                wait(report.oldestReadyMilliseconds),
                "\(report.done)",
            ] + (before.isEmpty ? [] : ["\(report.done - (before[name]?.done ?? report.done))"])
        }
        return layOut([titles + (before.isEmpty ? [] : ["done/s"])] + cells)
    }

    private static func wait(_ milliseconds: Int) -> String {
        switch milliseconds {
        case 0: "-"
        case ..<1000: "\(milliseconds) ms"
        case ..<120_000: "\(milliseconds / 1000) s"
        case ..<7_200_000: "\(milliseconds / 60_000) min"
        default: "\(milliseconds / 3_600_000) h"
        }
    }

    /// The first column to the left, numbers to the right.
    private static func layOut(_ rows: [[String]]) -> String {
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            row.enumerated().map { column, cell in
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                return column == 0 ? cell + padding : padding + cell
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
