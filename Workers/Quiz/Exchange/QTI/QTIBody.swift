import QuizScoring

/// What learners see of a question, in QTI's elements.
enum QTIBody {
    struct Choice {
        let id: String
        let text: String
        /// Whether it may be used more than once.
        var isUnlimited = false
    }

    /// A gap in a text: choices, or something to write.
    struct Gap {
        /// `{1}` in the text.
        let mark: String
        let response: String
        let choices: [Choice]
    }

    /// An element with choices in it, or none.
    case simple(element: String, isMultiple: Bool, [Choice])
    case match(prompts: [Choice], options: [Choice])
    case gapMatch(draggables: [Choice], zones: [Choice])
    case cloze(text: String, [Gap])

    static let extendedText = QTIBody.simple(element: "qti-extended-text-interaction", isMultiple: false, [])

    /// All that it shows, beside the prompt.
    var texts: [String] {
        switch self {
        case .simple(_, _, let choices): choices.map(\.text)
        case .match(let prompts, let options): (prompts + options).map(\.text)
        case .gapMatch(let draggables, let zones): (draggables + zones).map(\.text)
        case .cloze(let text, let gaps): Self.pieces(of: text, gaps) + gaps.flatMap(\.choices).map(\.text)
        }
    }

    /// - Parameter response: the variable, where there is one.
    func write(_ writer: inout XMLWriter, prompt: String, response: String, _ text: QTIText) {
        switch self {
        case .cloze(let words, let gaps):
            if !prompt.isEmpty { writer.element("div", markup: text.markup(prompt)) }
            Self.write(words, gaps, text, &writer)
        default:
            writer.element("div", markup: text.markup(prompt))
            writeInteraction(&writer, response, text)
        }
    }

    private func writeInteraction(_ writer: inout XMLWriter, _ response: String, _ text: QTIText) {
        switch self {
        case .simple(let element, let isMultiple, let choices):
            let most: String? = element == "qti-choice-interaction" ? (isMultiple ? "0" : "1") : nil
            let choice =
                element == "qti-associate-interaction" ? "qti-simple-associable-choice" : "qti-simple-choice"
            writer.element(element, ["response-identifier": response, "max-choices": most]) { body in
                for item in choices { body.element(choice, ["identifier": item.id], markup: text.markup(item.text)) }
            }
        case .match(let prompts, let options):
            writer.element("qti-match-interaction", ["response-identifier": response, "max-associations": "0"]) {
                Self.write(prompts, matchMax: "1", text, &$0)
                Self.write(options, matchMax: "0", text, &$0)
            }
        case .gapMatch(let draggables, let zones):
            writer.element("qti-gap-match-interaction", ["response-identifier": response]) { body in
                for item in draggables {
                    let most = item.isUnlimited ? "0" : "1"
                    body.element(
                        "qti-gap-text", ["identifier": item.id, "match-max": most], markup: text.markup(item.text))
                }
                for zone in zones {
                    body.element("p") { line in
                        if !zone.text.isEmpty { line.element("span", markup: text.markup(zone.text)) }
                        line.element("qti-gap", ["identifier": zone.id])
                    }
                }
            }
        case .cloze: break
        }
    }

    private static func write(_ choices: [Choice], matchMax: String, _ text: QTIText, _ writer: inout XMLWriter) {
        writer.element("qti-simple-match-set") { set in
            for item in choices {
                set.element(
                    "qti-simple-associable-choice", ["identifier": item.id, "match-max": matchMax],
                    markup: text.markup(item.text))
            }
        }
    }

    /// The words between the gaps are elements of their own, as everything is that stands beside an element.
    private static func write(_ words: String, _ gaps: [Gap], _ text: QTIText, _ writer: inout XMLWriter) {
        writer.element("div") { line in
            for (index, piece) in pieces(of: words, gaps).enumerated() {
                if !piece.isEmpty { line.element("span", markup: text.markup(piece)) }
                if index < gaps.count { write(gaps[index], text, &line) }
            }
        }
    }

    /// What stands before, between and behind the gaps, which are in the order of the text.
    private static func pieces(of words: String, _ gaps: [Gap]) -> [String] {
        var (pieces, rest): ([String], Substring) = ([], words[...])
        for gap in gaps {
            guard let place = rest.firstRange(of: gap.mark) else { continue }
            pieces.append(rest[..<place.lowerBound].words)
            rest = rest[place.upperBound...]
        }
        return pieces + [rest.words]
    }

    private static func write(_ gap: Gap, _ text: QTIText, _ writer: inout XMLWriter) {
        guard !gap.choices.isEmpty else {
            writer.element("qti-text-entry-interaction", ["response-identifier": gap.response])
            return
        }
        writer.element("qti-inline-choice-interaction", ["response-identifier": gap.response]) { body in
            for item in gap.choices {
                body.element("qti-inline-choice", ["identifier": item.id], markup: text.markup(item.text))
            }
        }
    }
}
