import Decimals
import QuizScoring

/// A question element on its way to a question.
struct MoodleQuestion {
    let element: XMLElement
    private(set) var notes: [ImportNote] = []

    init(_ element: XMLElement) { self.element = element }

    mutating func question(id: String) throws(SkippedQuestion) -> Question {
        guard element.name == "question" else {
            throw SkippedQuestion(
                element.line, "\(InvalidDocument.quoted(element.name)) is no question, so it is left out.")
        }
        let interaction = try interaction()
        let question = Question(
            id: id, title: text("name"), prompt: interaction.isCloze ? "" : text("questiontext") ?? "",
            format: format, points: try number("defaultgrade") ?? 1,
            penalty: try number("penalty") ?? Question.defaultPenalty, feedback: feedback, interaction: interaction)
        try checkScoring(question)
        noteLosses()
        return question
    }

    private mutating func interaction() throws(SkippedQuestion) -> Interaction {
        switch element.attributes["type"] ?? "" {
        case "multichoice": return .choice(try choice())
        case "truefalse": return .trueFalse(try trueFalse())
        case "shortanswer": return .shortText(try shortText())
        case "numerical": return .numeric(try numeric())
        case "matching": return .matching(matching())
        case "essay":
            return .essay(EssayInteraction(minWords: try limit("minwordlimit"), maxWords: try limit("maxwordlimit")))
        case "ordering": return .ordering(try ordering())
        case "ddwtos", "gapselect": return .dragAndDrop(dragAndDrop())
        case "calculated", "calculatedsimple": return .formula(try formula())
        case "cloze", "multianswer": return .cloze(try cloze())
        case "category": throw skipped("The category is not taken over.")
        case let type: throw skipped("Questions of the type \(InvalidDocument.quoted(type)) are not taken over.")
        }
    }

    // MARK: Parts

    func skipped(_ problem: String) -> SkippedQuestion { SkippedQuestion(element.line, problem) }

    private func text(_ name: String) -> String? { Self.text(element.first(name)) }

    /// `nil` where nothing is written.
    static func text(_ element: XMLElement?) -> String? {
        let text = element.map { ($0.first("text") ?? $0).text.trimmed } ?? ""
        return text.isEmpty ? nil : text
    }

    private func number(_ name: String, in parent: XMLElement? = nil) throws(SkippedQuestion) -> Decimal128? {
        guard let child = (parent ?? element).first(name), let text = Self.text(child) else { return nil }
        do {
            return try Decimal128(text)
        } catch {
            throw SkippedQuestion(child.line, "\(name) \(error), so the question is left out.")
        }
    }

    private func limit(_ name: String) throws(SkippedQuestion) -> Int? {
        try number(name).flatMap(\.wholeNumber).flatMap { $0 > 0 ? $0 : nil }
    }

    /// That of the question's text.
    private var format: TextFormat {
        TextFormat(moodle: element.first("questiontext")?.attributes["format"], of: text("questiontext") ?? "")
    }

    private var feedback: QuestionFeedback {
        QuestionFeedback(
            general: text("generalfeedback"), correct: text("correctfeedback"),
            partial: text("partiallycorrectfeedback"),
            incorrect: text("incorrectfeedback"))
    }

    /// Moodle's fractions are percents; 33.33333 is a third as far as Moodle can write it.
    private func fraction(of answer: XMLElement) throws(SkippedQuestion) -> Decimal128 {
        guard let percent = try? Decimal128(answer.attributes["fraction"] ?? "0") else {
            throw SkippedQuestion(answer.line, "The fraction of an answer is no number, so the question is left out.")
        }
        return percent * Decimal128(1, exponent: -2)
    }

    private func answerFeedback(_ answer: XMLElement) -> String? { Self.text(answer.first("feedback")) }

    // MARK: Types

    private func choice() throws(SkippedQuestion) -> ChoiceInteraction {
        var choices: [Choice] = []
        for answer in element.all("answer") {
            choices.append(
                Choice(
                    id: "\(choices.count + 1)", text: Self.text(answer) ?? "", fraction: try fraction(of: answer),
                    feedback: answerFeedback(answer)))
        }
        return ChoiceInteraction(
            choices: choices, multiple: ["false", "0"].contains(text("single") ?? "true"), allowsNegative: isSingle)
    }

    /// Moodle takes points off for a wrong single choice with a negative fraction, and never for several together.
    private var isSingle: Bool {
        !["false", "0"].contains(text("single") ?? "true")
            && element.all("answer").contains { $0.attributes["fraction"]?.hasPrefix("-") ?? false }
    }

    private func trueFalse() throws(SkippedQuestion) -> TrueFalseInteraction {
        let answers = element.all("answer")
        guard let yes = answers.first(where: { Self.text($0) == "true" }),
            let no = answers.first(where: { Self.text($0) == "false" })
        else {
            throw skipped("The question has no answers true and false, so it is left out.")
        }
        return TrueFalseInteraction(
            answer: try fraction(of: yes) > fraction(of: no), feedbackTrue: answerFeedback(yes),
            feedbackFalse: answerFeedback(no))
    }

    private func shortText() throws(SkippedQuestion) -> ShortTextInteraction {
        var answers: [TextAnswer] = []
        for answer in element.all("answer") {
            answers.append(
                TextAnswer(
                    moodle: Self.text(answer) ?? "", fraction: try fraction(of: answer),
                    feedback: answerFeedback(answer)))
        }
        return ShortTextInteraction(answers: answers, caseSensitive: ["1", "true"].contains(text("usecase") ?? "0"))
    }

    private func matching() -> MatchingInteraction {
        var (prompts, options): ([MatchingPrompt], [LabelledItem]) = ([], [])
        for pair in element.all("subquestion") {
            let answer = Self.text(pair.first("answer")) ?? ""
            let option = options.first { $0.text == answer }?.id ?? "\(options.count + 1)"
            if option == "\(options.count + 1)" { options.append(LabelledItem(id: option, text: answer)) }
            if let prompt = Self.text(pair.first("text")) {
                prompts.append(MatchingPrompt(id: "\(prompts.count + 1)", text: prompt, match: option))
            }
        }
        return MatchingInteraction(prompts: prompts, options: options)
    }

    private func formula() throws(SkippedQuestion) -> FormulaInteraction {
        var answers: [FormulaAnswer] = []
        for answer in element.all("answer") {
            let tolerance = MoodleCalculated.tolerance(
                try number("tolerance", in: answer) ?? 0, type: Self.text(answer.first("tolerancetype")) ?? "1")
            answers.append(
                FormulaAnswer(
                    formula: Self.text(answer) ?? "", tolerance: tolerance, fraction: try fraction(of: answer),
                    feedback: answerFeedback(answer)))
        }
        let units = try units()
        return FormulaInteraction(variables: try MoodleCalculated.variables(element), answers: answers, units: units)
    }

    private func cloze() throws(SkippedQuestion) -> ClozeInteraction {
        let (prompt, gaps) = try MoodleCloze.read(text("questiontext") ?? "", line: element.line)
        return ClozeInteraction(text: prompt, gaps: gaps)
    }

    private func numeric() throws(SkippedQuestion) -> NumericInteraction {
        var answers: [NumericAnswer] = []
        for answer in element.all("answer") {
            guard let value = try? Decimal128(Self.text(answer) ?? "") else {
                throw SkippedQuestion(
                    answer.line,
                    "The answer \(InvalidDocument.quoted(Self.text(answer) ?? "")) is no number, so the question is left out."
                )
            }
            let tolerance = try number("tolerance", in: answer).flatMap {
                $0.isZero ? nil : Tolerance.absolute($0.magnitude)
            }
            answers.append(
                NumericAnswer(
                    value: value, tolerance: tolerance, fraction: try fraction(of: answer),
                    feedback: answerFeedback(answer)))
        }
        let units = try units()
        let isGraded = (text("unitgradingtype") ?? "0") != "0"
        return NumericInteraction(
            answers: answers, units: units, unitRule: isGraded && !units.isEmpty ? .required : .optional,
            unitPenalty: isGraded ? try number("unitpenalty") ?? 1 : 1)
    }

    /// Moodle's multiplier says how many of a unit are one of the answer's; ours, the other way round.
    private func units() throws(SkippedQuestion) -> [Unit] {
        var units: [Unit] = []
        for unit in element.first("units")?.all("unit") ?? [] {
            guard let name = Self.text(unit.first("unit_name")), let multiplier = try number("multiplier", in: unit),
                let factor = Decimal128.one.divided(by: multiplier)
            else {
                throw SkippedQuestion(unit.line, "A unit has no name or no multiplier, so the question is left out.")
            }
            units.append(Unit(name: name, factor: factor))
        }
        return units
    }

    private mutating func ordering() throws(SkippedQuestion) -> OrderingInteraction {
        let items = element.all("answer").enumerated().map { LabelledItem(id: "\($0 + 1)", text: Self.text($1) ?? "") }
        let name = text("gradingtype") ?? "ABSOLUTE_POSITION"
        guard let scoring = MoodleOrdering.scoring(name) else {
            throw skipped(
                "The grading type \(InvalidDocument.quoted(name)) is not possible here, so the question is left out.")
        }
        return OrderingInteraction(items: items, scoring: scoring)
    }

    /// Zones are `[[1]]`, `[[2]]` in the text, and accept the draggable of that number.
    private mutating func dragAndDrop() -> DragAndDropInteraction {
        let boxes = element.elements.filter { $0.name == "dragbox" || $0.name == "selectoption" }
        let draggables = boxes.enumerated().map { index, box in
            Draggable(
                id: "\(index + 1)", text: Self.text(box) ?? "",
                unlimited: box.first("infinite") != nil || box.name == "selectoption")
        }
        if boxes.contains(where: { (Self.text($0.first("group")) ?? "1") != "1" }) {
            notes.append(
                ImportNote(
                    line: element.line,
                    problem: "The groups of what can be dragged are not taken over: all go everywhere."))
        }
        let zones = MoodleGaps.numbers(in: text("questiontext") ?? "").enumerated().map {
            DropZone(id: "\($0 + 1)", accepts: ["\($1)"])
        }
        return DragAndDropInteraction(draggables: draggables, zones: zones)
    }

    // MARK: Checks

    private func checkScoring(_ question: Question) throws(SkippedQuestion) {
        do {
            _ = try AnswerKey(Quiz(id: "import", sections: [Section(id: "import", questions: [question])]))
        } catch {
            throw skipped("The question cannot be scored: \(error) It is left out.")
        }
    }

    /// One format is for all texts of a question. What learners write has none.
    private mutating func noteOtherFormats() {
        let isShown = ["multichoice", "ordering"].contains(element.attributes["type"] ?? "")
        for child in element.descendants where child.name != "answer" || isShown {
            guard let name = child.attributes["format"], name != "moodle_auto_format", let text = Self.text(child),
                case let own = TextFormat(moodle: name, of: text), own != format
            else { continue }
            let problem = "The text is \(own), that of its question \(format); it is taken over as it is written."
            notes.append(ImportNote(line: child.line, problem: problem))
        }
    }

    private mutating func noteLosses() {
        noteOtherFormats()
        for child in element.elements {
            switch child.name {
            case "hint": notes.append(ImportNote(line: child.line, problem: "The hint is not taken over."))
            case "tags" where !child.elements.isEmpty:
                notes.append(ImportNote(line: child.line, problem: "The tags are not taken over."))
            case "idnumber" where !child.words.isEmpty:
                notes.append(ImportNote(line: child.line, problem: "The ID number is not taken over."))
            default: break
            }
        }
        for file in element.descendants where file.name == "file" {
            notes.append(
                ImportNote(
                    line: file.line,
                    problem: "The file \(InvalidDocument.quoted(file.attributes["name"] ?? "")) is not taken over."))
        }
    }
}
