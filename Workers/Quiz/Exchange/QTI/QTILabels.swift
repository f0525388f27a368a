import QuizScoring

/// The texts of an item.
enum QTILabels {
    private static let labelled: Set<String> = [
        "qti-simple-choice", "qti-inline-choice", "qti-simple-associable-choice", "qti-gap-text", "qti-gap-img",
        "qti-gap",
        "qti-hotspot-choice", "qti-associable-hotspot",
    ]

    /// What can be chosen in an interaction.
    static func of(_ interaction: XMLElement, _ format: TextFormat) -> [TemplateLabel] {
        guard let response = interaction.attributes["response-identifier"] else { return [] }
        return interaction.descendants.filter { labelled.contains($0.name) }.compactMap { element in
            element.attributes["identifier"].map { id in
                let text = format == .html ? element.markup().trimmed : element.words
                return TemplateLabel(response: response, id: id, text: text)
            }
        }
    }

    /// HTML where there is more than words.
    static func format(of body: XMLElement) -> TextFormat { body.hasMarkup ? .html : .plain }

    /// The text of an item without what can be chosen; `{RESPONSE}` stands for what is written into it, unless that is
    /// only at its end.
    static func prompt(of body: XMLElement, _ format: TextFormat) -> String {
        if format == .html { return unwrapped(body.markup(special).trimmed) }
        let text = text(of: body).words
        guard text.last == "}", let start = text.lastIndex(of: "{") else { return text }
        return String(text[..<start]).words
    }

    /// Without a `div` around all of it.
    private static func unwrapped(_ markup: String) -> String {
        guard markup.hasPrefix("<div>"), markup.hasSuffix("</div>") else { return markup }
        let inner = markup.dropFirst(5).dropLast(6)
        return inner.contains("<div>") ? markup : inner.trimmed
    }

    private static func text(of element: XMLElement) -> String {
        element.nodes.map { node in
            switch node {
            case .text(let text): text
            case .element(let child): text(of: child, in: element)
            }
        }.joined()
    }

    /// What stands in the text for elements that are no text.
    private static func special(_ element: XMLElement) -> String? {
        switch element.name {
        case "qti-text-entry-interaction", "qti-inline-choice-interaction":
            " {\(element.attributes["response-identifier"] ?? "")} "
        case "qti-gap": " {\(element.attributes["identifier"] ?? "")} "
        case _ where labelled.contains(element.name): ""
        case "qti-feedback-block", "qti-feedback-inline", "qti-rubric-block", "object", "svg": ""
        default: nil
        }
    }

    private static func text(of child: XMLElement, in parent: XMLElement) -> String {
        if let special = special(child) { return special }
        return switch child.name {
        // Inline elements stand where they stand; all others are words of their own.
        case "b", "i", "em", "strong", "span", "sub", "sup", "a", "rb", "rt": text(of: child)
        default: " \(text(of: child)) "
        }
    }
}
