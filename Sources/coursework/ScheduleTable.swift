import Reports

/// Schedules as a table for a person.
enum ScheduleTable {
    private static let titles = ["schedule", "cron", "time zone", "type", "queue", "last", "next"]

    static func text(_ rows: [(String, ScheduleReport)]) -> String {
        let cells = rows.map { name, report in
            [
                report.paused ? "\(name) (paused)" : name, report.cron, report.timeZone, report.type, report.queue,
                clock(report.last), clock(report.next),
            ]
        }
        return TextTable.layOut([titles] + cells, leftColumns: titles.count - 2)
    }

    /// `2026-11-22 03:00`; the zone stands beside it.
    private static func clock(_ time: String?) -> String {
        time.map { String($0.prefix(16)).replacing("T", with: " ") } ?? "-"
    }
}
