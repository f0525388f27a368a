import DeadLetters
import Jobs
import Reports

/// A dead letter for a person: every field, what was edited, and what befell it.
struct LetterText {
    let letter: DeadLetter

    var text: String {
        ([TextTable.list(first + others)] + differences + attempts).joined(separator: "\n")
    }

    private var first: [(String, String?)] {
        let replays = letter.replays > 0 ? "\(letter.replays)" : nil
        return [
            ("id", "\(letter.id)"), ("type", letter.type), ("reason", letter.reason), ("kind", letter.kind),
            ("error", letter.error), ("attempt", "\(letter.attempt)"), ("replays", replays),
            ("buried", "\(Timestamp(milliseconds: letter.buriedMilliseconds))"), ("group", letter.group),
            ("args", String(decoding: letter.args, as: UTF8.self)),
        ]
    }

    private static let shownFirst: Set = [
        "type", "reason", "kind", "error", "attempt", "replays", "buried", "group", "args", "original", "history",
    ]
    private static let times: Set = ["enqueued", "first_enqueued", "edited", "expires", "imported"]

    private var others: [(String, String?)] {
        letter.fields.list.map { (String(decoding: $0.name, as: UTF8.self), String(decoding: $0.value, as: UTF8.self)) }
            .filter { !Self.shownFirst.contains($0.0) && !($0.0 == "id" && $0.1 == letter.id.member) }
            .sorted { $0.0 < $1.0 }
            .map { name, value in
                guard Self.times.contains(name), let time = Int(value) else {
                    return (name == "id" ? "job id" : name, value)
                }
                return (name, "\(Timestamp(milliseconds: time))")
            }
    }

    private var differences: [String] {
        guard let original = letter.original else { return [] }
        let lines = PayloadEdit.differences(from: original, to: letter.args).map(Self.line)
        return ["", "edited, from what its producer wrote:"] + (lines.isEmpty ? ["  nothing differs any more"] : lines)
    }

    static func line(_ difference: PayloadEdit.Difference) -> String {
        Terminal.line("  \(difference.path): \(difference.old ?? "(none)") -> \(difference.new ?? "(none)")")
    }

    private var attempts: [String] {
        guard let history = letter.history else { return [] }
        let omitted = history.omitted > 0 ? " (\(history.omitted) after the first are not kept)" : ""
        return ["", "attempts that failed\(omitted):"]
            + history.attempts.map { Terminal.line("  \($0.number)  " + FailedAttempt($0).text) }
    }
}
