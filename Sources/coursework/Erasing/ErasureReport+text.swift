import DataProtection
import Reports

extension ErasureReport {
    var text: String {
        let places = ErasureCounts.Place.allCases.compactMap { place in
            found[place.rawValue].map { "\(Self.sentence(place)): \($0)" }
        }
        var lines = [erased ? "Erased:" : "Would be erased:"] + (places.isEmpty ? ["nothing"] : places)
        if !rows.isEmpty {
            lines.append(erased ? "Rows that still name the person:" : "Rows that name the person:")
            lines += rows.sorted { $0.key < $1.key }.map { "\($0): \($1)" }
        }
        if !mentions.isEmpty {
            lines += ["They are mentioned by others:"] + mentions.map { Terminal.line($0, atMost: 200) }
        }
        if !erased { lines.append("Nothing was changed: say so with --yes.") }
        return lines.map { $0.hasSuffix(":") || $0.hasPrefix("Nothing") ? $0 : "  \($0)" }.joined(separator: "\n")
    }

    /// Nil when nothing did.
    var remains: String? {
        var parts: [String] = []
        let running = found[ErasureCounts.Place.running.rawValue] ?? 0
        if running > 0 { parts.append("\(running) jobs still run (say the same again)") }
        if unreadable > 0 {
            parts.append("\(unreadable) jobs are sealed with keys that are not here")
        }
        if !mentions.isEmpty { parts.append("\(mentions.count) others mention the person") }
        let rows = rows.values.reduce(0, +)
        if rows > 0 { parts.append("\(rows) rows of the database name the person") }
        return parts.isEmpty ? nil : "Not all is gone: \(parts.joined(separator: ", "))."
    }

    private static func sentence(_ place: ErasureCounts.Place) -> String {
        switch place {
        case .ready: "jobs that are ready"
        case .later: "jobs that wait for their time or their next attempt"
        case .blocked: "jobs that are held back"
        case .dead: "dead letters"
        case .outgoing: "jobs on their way to other queues"
        case .running: "jobs that run and did not stop"
        case .results: "results and errors"
        case .keys: "keys of producers"
        case .notes: "notes of dead letters and replays"
        case .outbox: "rows of the outbox"
        case .effects: "effects, of which hashes stay"
        case .mail: "mails and recipients"
        case .suppressions: "mail suppressions, of which hashes stay"
        case .quizzes: "attempts and final grades"
        case .certificates: "certificates"
        case .files: "files"
        }
    }
}
