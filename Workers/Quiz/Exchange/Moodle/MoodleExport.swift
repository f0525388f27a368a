import Decimals
package import QuizScoring

/// Writes Moodle XML.
package enum MoodleExport {
    package static func write(_ questions: [Question]) -> ExportReport {
        var report = ExportReport()
        var writer = XMLWriter()
        writer.element("quiz") { quiz in
            for question in questions {
                guard let type = type(of: question) else {
                    report.note(
                        question.id,
                        "Moodle XML cannot hold this \(question.interaction.kind.rawValue) question, so it is left out."
                    )
                    continue
                }
                if question.correction != nil { report.note(question.id, "Moodle XML cannot hold the correction.") }
                quiz.element("question", ["type": type]) { write(question, &$0) }
            }
        }
        report.text = writer.text
        return report
    }

    /// - Returns: `nil` for what Moodle scores in another way, or does not have.
    private static func type(of question: Question) -> String? {
        switch question.interaction {
        case .choice(let choice):
            choice.scoring == .weights && (!choice.allowsNegative || !choice.multiple) ? "multichoice" : nil
        case .trueFalse: "truefalse"
        case .shortText(let text): text.answers.allSatisfy { $0.moodleText != nil } ? "shortanswer" : nil
        case .numeric(let numeric): numeric.answers.allSatisfy { MoodleNumber($0) != nil } ? "numerical" : nil
        case .matching(let matching): matching.scoring == .partial ? "matching" : nil
        case .essay(let essay): essay.rubric.isEmpty ? "essay" : nil
        case .ordering: "ordering"
        case .dragAndDrop(let drag): isWriteable(drag, question.prompt) ? "ddwtos" : nil
        case .formula(let formula): MoodleCalculated.isWriteable(formula) ? "calculated" : nil
        case .cloze(let cloze): MoodleCloze.write(cloze) != nil ? "cloze" : nil
        default: nil
        }
    }

    private static func content(of question: Question) -> String {
        guard case .cloze(let cloze) = question.interaction, let text = MoodleCloze.write(cloze) else {
            return question.prompt
        }
        return question.prompt + text
    }

    private static func isWriteable(_ drag: DragAndDropInteraction, _ prompt: String) -> Bool {
        let numbers = MoodleGaps.numbers(in: prompt)
        let wanted = drag.zones.map { zone in
            zone.accepts.count == 1 ? drag.draggables.firstIndex { $0.id == zone.accepts[0] }.map { $0 + 1 } : nil
        }
        return drag.scoring == .partial && wanted == numbers.map(Optional.some)
    }

    private static func write(_ question: Question, _ writer: inout XMLWriter) {
        let format = question.format
        text("name", question.title ?? question.id, &writer)
        text("questiontext", content(of: question), &writer, format)
        if let general = question.feedback.general { text("generalfeedback", general, &writer, format) }
        writer.element("defaultgrade", text: "\(question.points)")
        writer.element("penalty", text: "\(question.penalty)")
        let combined = [
            ("correctfeedback", question.feedback.correct), ("partiallycorrectfeedback", question.feedback.partial),
            ("incorrectfeedback", question.feedback.incorrect),
        ]
        for (name, feedback) in combined { if let feedback { text(name, feedback, &writer, format) } }
        write(question.interaction, format, &writer)
    }

    private static func write(_ interaction: Interaction, _ format: TextFormat, _ writer: inout XMLWriter) {
        switch interaction {
        case .choice(let choice):
            writer.element("single", text: "\(!choice.multiple)")
            for item in choice.choices { answer(item.text, item.fraction, item.feedback, format, &writer) }
        case .trueFalse(let truth):
            answer("true", truth.answer ? 1 : 0, truth.feedbackTrue, format, &writer)
            answer("false", truth.answer ? 0 : 1, truth.feedbackFalse, format, &writer)
        case .shortText(let text):
            writer.element("usecase", text: text.caseSensitive ? "1" : "0")
            for item in text.answers { answer(item.moodleText ?? "", item.fraction, item.feedback, format, &writer) }
        case .numeric(let numeric): write(numeric, format, &writer)
        case .matching(let matching): write(matching, format, &writer)
        case .essay(let essay):
            if let least = essay.minWords { writer.element("minwordlimit", text: "\(least)") }
            if let most = essay.maxWords { writer.element("maxwordlimit", text: "\(most)") }
        case .ordering(let ordering):
            writer.element("gradingtype", text: MoodleOrdering.name(ordering.scoring))
            for (index, item) in ordering.items.enumerated() {
                answer(item.text, Decimal128(index + 1) * Decimal128(1, exponent: -2), nil, format, &writer)
            }
        case .formula(let formula): write(formula, format, &writer)
        case .dragAndDrop(let drag):
            for draggable in drag.draggables {
                writer.element("dragbox") { box in
                    box.element("text", text: draggable.text)
                    box.element("group", text: "1")
                    if draggable.unlimited { box.element("infinite", [:]) }
                }
            }
        default: break
        }
    }

    private static func write(_ numeric: NumericInteraction, _ format: TextFormat, _ writer: inout XMLWriter) {
        for item in numeric.answers {
            guard let number = MoodleNumber(item) else { continue }
            answer("\(number.value)", item.fraction, item.feedback, format, &writer) {
                $0.element("tolerance", text: "\(number.tolerance)")
            }
        }
        writer.element("unitgradingtype", text: numeric.unitRule == .required ? "1" : "0")
        writer.element("unitpenalty", text: "\(numeric.unitPenalty)")
        guard !numeric.units.isEmpty else { return }
        writer.element("units") { units in
            for unit in numeric.units {
                units.element("unit") {
                    $0.element("multiplier", text: "\(Decimal128.one.divided(by: unit.factor) ?? 1)")
                    $0.element("unit_name", text: unit.name)
                }
            }
        }
    }

    private static func write(_ formula: FormulaInteraction, _ format: TextFormat, _ writer: inout XMLWriter) {
        for item in formula.answers {
            let tolerance = MoodleCalculated.written(item.tolerance)
            answer(item.formula, item.fraction, item.feedback, format, &writer) {
                $0.element("tolerance", text: "\(tolerance?.size ?? 0)")
                $0.element("tolerancetype", text: tolerance?.type ?? "2")
            }
        }
        MoodleCalculated.write(formula.variables, &writer)
    }

    private static func write(_ matching: MatchingInteraction, _ format: TextFormat, _ writer: inout XMLWriter) {
        let texts = Dictionary(matching.options.map { ($0.id, $0.text) }) { first, _ in first }
        let used = Set(matching.prompts.map { texts[$0.match] })
        let pairs = matching.prompts.map { ($0.text, texts[$0.match] ?? "") }
        let others = matching.options.filter { !used.contains($0.text) }.map { ("", $0.text) }
        for (prompt, option) in pairs + others {
            writer.element("subquestion", ["format": format.moodleName]) {
                $0.element("text", text: prompt)
                text("answer", option, &$0)
            }
        }
    }

    // MARK: Parts

    private static func text(_ name: String, _ content: String, _ writer: inout XMLWriter, _ format: TextFormat? = nil)
    {
        writer.element(name, ["format": format?.moodleName]) { $0.element("text", text: content) }
    }

    private static func answer(
        _ content: String, _ fraction: Decimal128, _ feedback: String?, _ format: TextFormat, _ writer: inout XMLWriter,
        more: (inout XMLWriter) -> Void = { _ in }
    ) {
        writer.element("answer", ["fraction": "\(fraction * 100)", "format": format.moodleName]) { answer in
            answer.element("text", text: content)
            if let feedback { text("feedback", feedback, &answer, format) }
            more(&answer)
        }
    }
}
