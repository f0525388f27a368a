import TestSupport

/// Texts that try to be more than a text.
enum HostileText {
    private static let breakers = [
        "\r", "\n", "\r\n", "\r\r\n", "\n\r", "\r\n ", "\r\n\t", "\0", "\u{1}", "\u{8}", "\u{B}", "\u{C}", "\u{1B}[2J",
        "\u{7F}",
        "\u{85}", "\u{2028}", "\u{2029}", "\u{200B}", "\u{202E}", "\u{FEFF}", "\u{FFFD}", "=?UTF-8?Q?=0D=0A?=",
        "=?utf-8?b?DQo=?=", "=0D=0A", "%0D%0A", "\\r\\n", "\r\n.\r\n", "\n.\n", ";", "\"", "\\", "\\\"", ",", "<", ">",
        "(", ")",
        ":", "@", "'", "--=_coursework_alternative\r\n", "{{7*7}}", "#{7*7}", "%n%s", "<script>", "javascript:alert(1)",
    ]
    private static let injections = [
        "Bcc: eve@evil.example", "MAIL FROM:<eve@evil.example>",
        "Content-Type: text/html\r\n\r\n<script>alert(1)</script>",
        "eve@evil.example",
    ]

    /// Each way out in front of, within and behind each thing that should not be, and texts without an end.
    static let all: [String] =
        breakers.flatMap { way in
            injections.flatMap { goal in [way + goal, "a" + way + goal + way + "b", goal + way] }
        } + [
            String(repeating: "x", count: 1 << 20), String(repeating: "ä ", count: 1 << 19),
            String(repeating: "\r\n", count: 5000), String(repeating: "=?", count: 500),
            String(repeating: "\u{301}", count: 300), String(repeating: "\"", count: 200),
        ]

    /// Lines that begin with dots, end in blanks, are long, empty, or not ASCII; broken in all three ways.
    static func randomBody(_ random: inout SeededGenerator) -> String {
        let lines = (0..<Int.random(in: 1...8, using: &random)).map { _ in
            let start = [".", "..", ".\t", "From ", "", " ", "--=_coursework_mixed"].randomElement(using: &random)!
            let letters = ["x", " ", ".", "=", "ä", "日", "\t", "\0", "{{", "<"]
            let count = Int.random(in: 0...100, using: &random)
            return start + (0..<count).map { _ in letters.randomElement(using: &random)! }.joined()
        }
        return lines.map { $0 + ["\n", "\r\n", "\r"].randomElement(using: &random)! }.joined()
    }
}
