import QuizScoring

/// Feedback that is read after every response: modal feedback whose identifier is the default value of its outcome, and which no
/// rule changes (QTI 3.0, Modal Feedback).
enum QTIFeedback {
    private static let outcome = "FEEDBACK"
    private static let identifier = "general"

    // MARK: Writing

    static func declare(_ feedback: QuestionFeedback, _ writer: inout XMLWriter) {
        guard feedback.general != nil else { return }
        writer.element(
            "qti-outcome-declaration",
            ["identifier": outcome, "cardinality": "single", "base-type": "identifier"]
        ) { $0.element("qti-default-value") { $0.element("qti-value", text: identifier) } }
    }

    static func write(_ feedback: QuestionFeedback, _ text: QTIText, _ writer: inout XMLWriter) {
        guard let general = feedback.general else { return }
        writer.element(
            "qti-modal-feedback",
            ["outcome-identifier": outcome, "identifier": identifier, "show-hide": "show"]
        ) { $0.element("qti-content-body") { $0.element("div", markup: text.markup(general)) } }
    }

    // MARK: Reading

    /// - Parameter format: of the question's texts; a plain one has no place for markup.
    static func general(of root: XMLElement, _ format: TextFormat) -> String? {
        let texts = root.all("qti-modal-feedback").filter { isGeneral($0, in: root, format) }.map { element in
            let content = content(of: element)
            return format == .html ? QTILabels.prompt(of: content, format) : content.words
        }
        return texts.isEmpty ? nil : texts.joined(separator: "\n")
    }

    static func isGeneral(_ element: XMLElement, in root: XMLElement, _ format: TextFormat) -> Bool {
        guard element.name == "qti-modal-feedback", let outcome = element.attributes["outcome-identifier"],
            let identifier = element.attributes["identifier"], element.attributes["show-hide"] != "hide",
            format == .html || !content(of: element).hasMarkup
        else { return false }
        let declaration = root.all("qti-outcome-declaration").first { $0.attributes["identifier"] == outcome }
        let values = declaration?.first("qti-default-value")?.all("qti-value").map(\.words) ?? []
        let isSet = root.descendants.contains {
            $0.name == "qti-set-outcome-value" && $0.attributes["identifier"] == outcome
        }
        return values.contains(identifier) && !isSet
    }

    private static func content(of element: XMLElement) -> XMLElement { element.first("qti-content-body") ?? element }
}
