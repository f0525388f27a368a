import DataProtection

/// What `coursework erase` found, or did.
struct ErasureReport: Encodable {
    let isErased: Bool
    let counts: ErasureCounts
    /// By table: those that name the person.
    let rows: [String: Int]

    private enum Key: String, CodingKey { case erased, found, mentions, rows, unreadable }

    func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: Key.self)
        try object.encode(isErased, forKey: .erased)
        try object.encode(
            Dictionary(uniqueKeysWithValues: counts.counts.map { ($0.rawValue, $1) }), forKey: .found)
        try object.encode(counts.mentions, forKey: .mentions)
        try object.encode(rows, forKey: .rows)
        try object.encode(counts.unreadable, forKey: .unreadable)
    }

    var text: String {
        let places = ErasureCounts.Place.allCases.compactMap { place in
            counts.counts[place].map { "\(Self.sentence(place)): \($0)" }
        }
        var lines = [isErased ? "Erased:" : "Would be erased:"] + (places.isEmpty ? ["nothing"] : places)
        if !rows.isEmpty {
            lines.append(isErased ? "Rows that still name the person:" : "Rows that name the person:")
            lines += rows.sorted { $0.key < $1.key }.map { "\($0): \($1)" }
        }
        if !counts.mentions.isEmpty {
            lines += ["They are mentioned by others:"] + counts.mentions.map { Terminal.line($0, atMost: 200) }
        }
        if !isErased { lines.append("Nothing was changed: say so with --yes.") }
        return lines.map { $0.hasSuffix(":") || $0.hasPrefix("Nothing") ? $0 : "  \($0)" }.joined(separator: "\n")
    }

    /// Nil when nothing did.
    var remains: String? {
        var parts: [String] = []
        let running = counts.counts[.running] ?? 0
        if running > 0 { parts.append("\(running) jobs still run (say the same again)") }
        if counts.unreadable > 0 {
            parts.append("\(counts.unreadable) jobs are sealed with keys that are not here")
        }
        if !counts.mentions.isEmpty { parts.append("\(counts.mentions.count) others mention the person") }
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
        case .mail: "mails, suppressions and recipients"
        case .quizzes: "attempts and final grades"
        case .certificates: "certificates"
        case .files: "files"
        }
    }
}
