import Jobs
import Platform
import Reports

extension BatchReport {
    /// For a person.
    var text: String {
        var lines: [(String, String?)] = [
            ("id", id), ("name", name), ("state", cancelled && state == "ended" ? "ended (cancelled)" : state),
            (
                "members",
                "\(total): \(pending) pending, \(done) done, \(dead) dead, \(other) discarded, cancelled or expired"
            ),
            ("opened", "\(opened)"),
        ]
        lines.append(("ended", ended.map { "\($0)" }))
        if omittedResults > 0 {
            lines.append(("results", "\(omittedResults) were not kept: there was no room for them"))
        }
        return TextTable.list(lines)
    }

    static func table(_ reports: [BatchReport]) -> String {
        let now = Int(WallClock.milliseconds)
        let rows = reports.map { report in
            [
                Terminal.printable(report.name.map { "\(report.id) (\($0))" } ?? report.id), report.state,
                "\(report.pending)", "\(report.done)", "\(report.dead)", "\(report.other)",
                TextTable.age(milliseconds: max(0, now - report.opened.milliseconds)),
            ]
        }
        return TextTable.layOut([["batch", "state", "pending", "done", "dead", "other", "age"]] + rows)
    }
}
