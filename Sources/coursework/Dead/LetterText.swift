import DeadLetters
import FoundationEssentials

/// A dead letter for a person: every field, what was edited, and what befell it.
struct LetterText {
    let letter: DeadLetter

    var text: String {
        var lines = first.map { ($0.0, $0.1) }
        lines += others
        let width = lines.map(\.0.count).max() ?? 0
        return
            (lines.map { name, value in
                Terminal.line(name) + String(repeating: " ", count: width - name.count + 2) + Terminal.printable(value)
            } + differences + attempts).joined(separator: "\n")
    }

    private var first: [(String, String)] {
        let replays = letter.replays > 0 ? "\(letter.replays)" : nil
        let lines: [(String, String?)] = [
            ("id", "\(letter.id)"), ("type", letter.type), ("reason", letter.reason), ("kind", letter.kind),
            ("error", letter.error), ("attempt", "\(letter.attempt)"), ("replays", replays),
            ("buried", TimeText.of(milliseconds: letter.buriedMilliseconds)), ("group", letter.group),
            ("args", String(decoding: letter.args, as: UTF8.self)),
        ]
        return lines.compactMap { name, value in value.map { (name, $0) } }
    }

    private static let shownFirst: Set = [
        "type", "reason", "kind", "error", "attempt", "replays", "buried", "group", "args", "original", "history",
    ]
    private static let times: Set = ["enqueued", "first_enqueued", "edited", "expires", "imported"]

    private var others: [(String, String)] {
        letter.fields.list.map { (String(decoding: $0.name, as: UTF8.self), String(decoding: $0.value, as: UTF8.self)) }
            .filter { !Self.shownFirst.contains($0.0) && !($0.0 == "id" && $0.1 == letter.id.member) }
            .sorted { $0.0 < $1.0 }
            .map { name, value in
                guard Self.times.contains(name), let time = Int(value) else {
                    return (name == "id" ? "job id" : name, value)
                }
                return (name, TimeText.of(milliseconds: time))
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

    // MARK: Attempts

    private struct History: Decodable {
        struct Attempt: Decodable {
            let attempt: Int?
            let error: String?
            let worker: String?
            let duration_ms: Double?
            let time_ms: Double?
        }

        let omitted: Int?
        let attempts: [Attempt]
    }

    private var attempts: [String] {
        guard let json = letter.fields["history"],
            let history = try? JSONDecoder().decode(History.self, from: Data(json))
        else { return [] }
        let omitted = history.omitted.map { $0 > 0 ? " (\($0) more are not kept)" : "" } ?? ""
        return ["", "attempts that failed\(omitted):"]
            + history.attempts.map { attempt in
                let time = attempt.time_ms.map { TimeText.of(milliseconds: Int(max(-4e15, min(4e15, $0)))) } ?? ""
                let took = attempt.duration_ms.map { ", \(Int(max(0, min(1e15, $0)))) ms" } ?? ""
                return Terminal.line(
                    "  \(attempt.attempt ?? 0)  \(time)\(took), \(attempt.worker ?? ""): \(attempt.error ?? "")")
            }
    }
}
