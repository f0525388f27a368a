import QuizScoring

/// Texts of a question as QTI holds them: XHTML.
struct QTIText {
    let format: TextFormat

    /// HTML that is no XML is written as the text that it is, and so is Markdown.
    func markup(_ text: String) -> String { element(text)?.markup() ?? XMLWriter.escaped(text) }

    /// Whether all of it is shown as it was meant.
    func holds(_ texts: [String]) -> Bool {
        switch format {
        case .plain: true
        case .html: texts.allSatisfy { element($0) != nil }
        case .markdown: false
        }
    }

    private func element(_ text: String) -> XMLElement? {
        format == .html ? try? XMLElement(parsing: Array("<div>\(text)</div>".utf8)) : nil
    }
}
