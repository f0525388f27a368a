import FoundationEssentials
import JobQueue

/// A batch as `batches` prints it.
struct BatchReport: Encodable {
    let id: String
    let state: String
    let name: String?
    let cancelled: Bool
    let total: Int
    let pending: Int
    let done: Int
    let dead: Int
    let other: Int
    /// In ms since 1970.
    let openedMilliseconds: Int
    let endedMilliseconds: Int?
    let omittedResults: Int

    enum CodingKeys: String, CodingKey {
        case id, state, name, cancelled, total, pending, done, dead, other
        case openedMilliseconds = "opened_ms"
        case endedMilliseconds = "ended_ms"
        case omittedResults = "omitted_results"
    }

    init(_ batch: BatchDescription) {
        id = batch.id.description
        state = batch.state.rawValue
        name = batch.name
        cancelled = batch.isCancelled
        (total, pending, done) = (batch.total, batch.pending, batch.done)
        (dead, other) = (batch.dead, batch.other)
        openedMilliseconds = batch.openedMilliseconds
        endedMilliseconds = batch.endedMilliseconds
        omittedResults = batch.omittedResults
    }

    /// For a person.
    var text: String {
        var lines = [
            ("id", id), ("state", cancelled && state == "ended" ? "ended (cancelled)" : state),
            (
                "members",
                "\(total): \(pending) pending, \(done) done, \(dead) dead, \(other) discarded, cancelled or expired"
            ),
            ("opened", Self.time(openedMilliseconds)),
        ]
        if let name { lines.insert(("name", name), at: 1) }
        if let endedMilliseconds { lines.append(("ended", Self.time(endedMilliseconds))) }
        if omittedResults > 0 {
            lines.append(("results", "\(omittedResults) were not kept: there was no room for them"))
        }
        return lines.map { name, value in
            Terminal.printable(name + String(repeating: " ", count: 9 - name.count) + value)
        }.joined(separator: "\n")
    }

    static func table(_ reports: [BatchReport]) -> String {
        let now = Int(Date().timeIntervalSince1970 * 1000)
        let rows = reports.map { report in
            [
                Terminal.printable(report.name.map { "\(report.id) (\($0))" } ?? report.id), report.state,
                "\(report.pending)", "\(report.done)", "\(report.dead)", "\(report.other)",
                TextTable.age(milliseconds: max(0, now - report.openedMilliseconds)),
            ]
        }
        return TextTable.layOut([["batch", "state", "pending", "done", "dead", "other", "age"]] + rows)
    }

    private static func time(_ milliseconds: Int) -> String {
        Date(timeIntervalSince1970: (Double(milliseconds) / 1000).rounded(.down)).formatted(.iso8601)
    }
}
