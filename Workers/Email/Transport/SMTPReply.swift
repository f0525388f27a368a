/// A server's answer: `550 5.1.1 No such user`.
struct SMTPReply: Sendable, Equatable, CustomStringConvertible {
    let code: Int
    /// What the server says to people: one line, at most 300 letters, nothing that moves a terminal's cursor.
    let text: String

    /// `nil` when the lines do not begin with a code.
    init?(lines: [String]) {
        guard let code = lines.last.flatMap({ Int($0.prefix(3)) }) else { return nil }
        self.code = code
        let words = lines.map { $0.dropFirst(4) }.joined(separator: " ")
            .split { $0.isWhitespace || ($0.asciiValue ?? 0x20) < 0x20 || $0 == "\u{7F}" }
        text = String(words.joined(separator: " ").prefix(300))
    }

    var isFailure: Bool { code >= 400 }

    /// Whether the same mail will be refused again. A login that is refused (530 to 538) says nothing about the mail:
    /// it waits for the operator to mend the account.
    var refusesMail: Bool { code >= 500 && !(530...538).contains(code) }

    var description: String { "\(code) \(text)" }
}
