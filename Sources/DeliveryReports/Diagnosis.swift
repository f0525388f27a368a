/// What a server said of a recipient: `smtp; 550 5.1.1 <ada@example.org>: no such user`.
struct Diagnosis {
    /// Replies that say as much as a status where they bring none (RFC 5321 §4.2.3).
    private static let statuses: [Substring: EnhancedStatus] = [
        "550": EnhancedStatus(5, 1, 1), "551": EnhancedStatus(5, 1, 6), "553": EnhancedStatus(5, 1, 3),
        "552": EnhancedStatus(5, 2, 2), "554": EnhancedStatus(5, 0, 0),
    ]

    let status: EnhancedStatus?
    let reason: String?

    /// - Parameter text: the field `Diagnostic-Code`, or a line in which a reply is quoted.
    init(_ text: String) {
        let said = text.firstIndex(of: ";").map { String(text[text.index(after: $0)...]) } ?? text
        reason = MailLines.sentence(said)
        let words = said.split { $0.isWhitespace || $0 == "-" || $0 == "#" || $0 == "(" }
        let code = words.firstIndex { $0.count == 3 && $0.first == "5" && Int($0) != nil }
        let given = words.lazy.compactMap { EnhancedStatus($0) }.first
        // A 550 is often about the content or the sender: without a status only its own words could tell, so it is taken
        // for the address only when it speaks of one.
        status =
            given ?? code.flatMap { Self.speaksOfAddress(said) ? Self.statuses[words[$0]] : EnhancedStatus(5, 0, 0) }
    }

    /// The first line of a text in which a reply of the class 5 is quoted; nil when there is none.
    init?(in lines: [MailLines.Line]) {
        let quoting = lines.lazy.prefix(200).map(MailLines.text).first { line in
            line.split { !$0.isNumber }.contains { $0.count == 3 && $0.first == "5" }
        }
        guard let quoting else { return nil }
        self.init(quoting)
    }

    private static func speaksOfAddress(_ text: String) -> Bool {
        let text = text.lowercased()
        return [
            "user", "mailbox", "recipient", "address", "account", "no such", "does not exist", "unknown",
        ].contains { text.contains($0) }
            && !["spam", "blocked", "policy", "denied", "blacklist"].contains { text.contains($0) }
    }
}
