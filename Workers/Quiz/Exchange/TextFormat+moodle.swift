import QuizScoring

extension TextFormat {
    /// Moodle's `format` of a text. Where it is Moodle's own, or is not said, elements are HTML
    /// (https://docs.moodle.org/en/Formatting_options: Moodle auto-format).
    init(moodle name: String?, of text: String) {
        switch name {
        case "html": self = .html
        case "markdown": self = .markdown
        case "plain_text", "plain": self = .plain
        default: self = Self.hasElement(text) ? .html : .plain
        }
    }

    /// As Moodle XML writes it.
    var moodleName: String {
        switch self {
        case .plain: "plain_text"
        case .html: "html"
        case .markdown: "markdown"
        }
    }

    /// As GIFT writes it; nothing where Moodle would take it for the same.
    func giftMark(of text: String) -> String {
        switch self {
        case .html: "[html]"
        case .markdown: "[markdown]"
        case .plain: Self.hasElement(text) || text.contains("&") ? "[plain]" : ""
        }
    }

    private static func hasElement(_ text: String) -> Bool {
        text.split(separator: "<", omittingEmptySubsequences: false).dropFirst().contains { part in
            let name = part.drop { $0 == "/" }
            return part.contains(">") && name.first.map { $0.isASCII && $0.isLetter } ?? false
        }
    }
}
