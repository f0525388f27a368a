import DeliveryReports

/// A server's answer: `550 5.1.1 No such user`.
struct SMTPReply: Sendable, Equatable, CustomStringConvertible {
    let code: Int
    /// As they came, without their ends.
    let lines: [String]

    /// `nil` when the last line does not begin with a code.
    init?(lines: [String]) {
        guard let last = lines.last, last.utf8.count >= 3, let code = Int(last.prefix(3)) else { return nil }
        self.code = code
        self.lines = lines
    }

    /// The class of the code: 2 done, 3 go on, 4 not now, 5 never.
    var category: Int { code / 100 }

    /// What the server says more exactly than by the code, when it does.
    var status: EnhancedStatus? { lines.last.flatMap { EnhancedStatus($0.dropFirst(4)) } }

    /// What the server says to people: one line, at most 300 letters, nothing that moves a terminal's cursor.
    var text: String {
        let words = lines.map { $0.dropFirst(4) }.joined(separator: " ")
            .split { $0.isWhitespace || ($0.asciiValue ?? 0x20) < 0x20 || $0 == "\u{7F}" }
        return String(words.joined(separator: " ").prefix(300))
    }

    var description: String { text.isEmpty ? "\(code)" : "\(code) \(text)" }
}
