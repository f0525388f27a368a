import DeadLetters
import Jobs
import Reports

/// A dead letter for a person: every field, what was edited, and what befell it.
struct LetterText {
    let letter: LetterReport

    var text: String {
        ([TextTable.list(first + others)] + differences + attempts).joined(separator: "\n")
    }

    private var first: [(String, String?)] {
        let replays = letter.replays > 0 ? "\(letter.replays)" : nil
        return [
            ("id", letter.id), ("type", letter.type), ("reason", letter.reason), ("kind", letter.kind),
            ("error", letter.error), ("attempt", "\(letter.attempt)"), ("replays", replays),
            ("buried", "\(letter.buried)"), ("group", letter.group),
            ("args", letter.args),
        ]
    }

    private static let times: Set = ["enqueued", "first_enqueued", "edited", "expires", "imported"]

    private var others: [(String, String?)] {
        letter.fields.filter { $0.key != "history" && !($0.key == "id" && letter.id == "\(letter.queue):\($0.value)") }
            .sorted { $0.key < $1.key }
            .map { name, value in
                guard Self.times.contains(name), let time = Int(value) else {
                    return (name == "id" ? "job id" : name, value)
                }
                return (name, "\(Timestamp(milliseconds: time))")
            }
    }

    private var differences: [String] {
        guard let original = letter.original else { return [] }
        let lines = PayloadEdit.differences(from: Array(original.utf8), to: Array(letter.args.utf8))
            .map { Self.line($0.path, $0.old, $0.new) }
        return ["", "edited, from what its producer wrote:"] + (lines.isEmpty ? ["  nothing differs any more"] : lines)
    }

    static func line(_ path: String, _ old: String?, _ new: String?) -> String {
        Terminal.line("  \(path): \(old ?? "(none)") -> \(new ?? "(none)")")
    }

    private var attempts: [String] {
        guard let attempts = letter.attempts else { return [] }
        let left = letter.attemptsOmitted ?? 0
        let omitted = left > 0 ? " (\(left) after the first are not kept)" : ""
        return ["", "attempts that failed\(omitted):"]
            + attempts.map { Terminal.line("  \($0.attempt)  " + $0.text) }
    }
}
