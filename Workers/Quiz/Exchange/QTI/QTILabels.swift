import QuizScoring

/// The texts of an item.
enum QTILabels {
    private static let labelled: Set<String> = [
        "qti-simple-choice", "qti-inline-choice", "qti-simple-associable-choice", "qti-gap-text", "qti-gap-img",
        "qti-gap",
        "qti-hotspot-choice", "qti-associable-hotspot",
    ]

    /// What can be chosen in an interaction.
    static func of(_ interaction: XMLElement) -> [TemplateLabel] {
        guard let response = interaction.attributes["response-identifier"] else { return [] }
        return interaction.descendants.filter { labelled.contains($0.name) }.compactMap { element in
            element.attributes["identifier"].map { TemplateLabel(response: response, id: $0, text: element.words) }
        }
    }

    /// The text of an item without what can be chosen; `{RESPONSE}` stands for what is written into it, unless that is
    /// only at its end.
    static func prompt(of body: XMLElement) -> String {
        let text = text(of: body).words
        guard text.last == "}", let start = text.lastIndex(of: "{") else { return text }
        return String(text[..<start]).words
    }

    private static func text(of element: XMLElement) -> String {
        element.nodes.map { node in
            switch node {
            case .text(let text): text
            case .element(let child): text(of: child, in: element)
            }
        }.joined()
    }

    private static func text(of child: XMLElement, in parent: XMLElement) -> String {
        switch child.name {
        case "qti-text-entry-interaction", "qti-inline-choice-interaction":
            " {\(child.attributes["response-identifier"] ?? "")} "
        case "qti-gap": " {\(child.attributes["identifier"] ?? "")} "
        case _ where labelled.contains(child.name): ""
        case "qti-feedback-block", "qti-feedback-inline", "qti-rubric-block", "object", "svg": ""
        // Inline elements stand where they stand; all others are words of their own.
        case "b", "i", "em", "strong", "span", "sub", "sup", "a", "rb", "rt": text(of: child)
        default: " \(text(of: child)) "
        }
    }
}
