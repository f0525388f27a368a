import Jobs
import Reports

extension JobReport {
    /// For a person.
    var text: String {
        var lines: [(String, String?)] = [
            ("id", id), ("state", state), ("type", type), ("args", args), ("attempt", "\(attempt)"),
        ]
        if let progress { lines.append(("progress", "\(Int(progress * 100)) %")) }
        if let eta { lines.append(("eta", "\(eta)" + distance)) }
        if let holder {
            lines.append(("worker", "\(holder.worker), silent for \(holder.silentMilliseconds) ms"))
        }
        lines += [("reason", reason), ("error", error), ("result", result)]
        lines += fields.sorted { $0.key < $1.key }.map { ($0.key, Self.readable($0.key, $0.value)) }
        if let attemptsOmitted, attemptsOmitted > 0 { lines.append(("left out", "\(attemptsOmitted) attempts")) }
        lines += (attempts ?? []).map { ("attempt \($0.attempt)", $0.text) }
        return TextTable.list(lines)
    }

    /// From now to when it is expected to be done.
    private var distance: String {
        guard let remainingMilliseconds else { return "" }
        guard remainingMilliseconds > 0 else { return ", it takes longer" }
        return ", in \(TextTable.age(milliseconds: remainingMilliseconds))"
    }

    private static let times: Set = ["due", "enqueued", "expires", "buried", "scheduled_for"]

    private static func readable(_ name: String, _ value: String) -> String {
        guard times.contains(name), let milliseconds = Int(value) else { return value }
        return "\(Timestamp(milliseconds: milliseconds))"
    }
}
