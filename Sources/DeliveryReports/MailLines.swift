/// A text of others as lines, without their ends.
enum MailLines {
    typealias Line = ArraySlice<UInt8>

    static func of(_ bytes: some Collection<UInt8>) -> [Line] {
        Array(bytes).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
            line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        }
    }

    static func text(_ line: Line) -> String { String(decoding: line, as: UTF8.self) }

    /// One line for people: no control characters, at most 300 letters.
    static func sentence(_ text: some StringProtocol) -> String? {
        let words = text.split { $0.isWhitespace || ($0.asciiValue ?? 0x20) < 0x20 || $0 == "\u{7F}" }
        let line = String(words.joined(separator: " ").prefix(300))
        return line.isEmpty ? nil : line
    }
}
