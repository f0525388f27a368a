/// The lines of one question.
struct GIFTBlock {
    /// Of its first line.
    let line: Int
    let text: String

    /// What blank lines separate; comments and commands are taken out.
    static func blocks(of text: String, _ report: inout ImportReport) -> [GIFTBlock] {
        var blocks: [GIFTBlock] = []
        var (lines, start): ([Substring], Int) = ([], 0)
        func end() {
            if !lines.isEmpty { blocks.append(GIFTBlock(line: start, text: lines.joined(separator: "\n"))) }
            lines = []
        }
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let content = line.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
            if content.isEmpty {
                end()
            } else if content.hasPrefix("$CATEGORY:") {
                report.note(index + 1, "The category is not taken over.")
            } else if !content.hasPrefix("//") {
                if lines.isEmpty { start = index + 1 }
                lines.append(line)
            }
        }
        end()
        return blocks
    }
}
