extension XMLElement {
    /// What a text may be made of, without attributes: nothing of it runs, loads or leads anywhere.
    private static let harmless: Set<String> = [
        "b", "i", "em", "strong", "sub", "sup", "small", "q", "cite", "code", "var", "kbd", "samp", "pre", "br", "hr",
        "ul",
        "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "blockquote",
        "ruby",
        "rb", "rt", "rp", "p", "div", "span", "h1", "h2", "h3", "h4", "h5", "h6",
    ]
    /// Those that only hold a text together.
    private static let plain: Set<String> = ["p", "div", "span"]
    private static let empty: Set<String> = ["br", "hr"]

    /// Whether it says more than its words.
    var hasMarkup: Bool {
        descendants.contains { Self.harmless.contains($0.name) && !Self.plain.contains($0.name) }
    }

    /// What is in it, as HTML that is XML.
    /// - Parameter other: writes the elements that are not HTML; of those it answers nothing for, only what is in them is
    ///   written.
    func markup(_ other: (XMLElement) -> String? = { _ in nil }) -> String {
        nodes.map { node in
            switch node {
            case .text(let text): Self.escaped(text)
            case .element(let element): element.outerMarkup(other)
            }
        }.joined()
    }

    private func outerMarkup(_ other: (XMLElement) -> String?) -> String {
        if let written = other(self) { return written }
        let content = markup(other)
        guard Self.harmless.contains(name) else { return content }
        // With a slash it is both HTML and XML.
        if Self.empty.contains(name) { return "<\(name)/>" }
        return Self.plain.contains(name) && content.words.isEmpty ? "" : "<\(name)>\(content)</\(name)>"
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.append(character)
            }
        }
    }
}
