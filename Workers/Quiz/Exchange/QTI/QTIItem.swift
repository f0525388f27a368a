import Decimals
import QuizScoring

/// An assessment item on its way to a question.
struct QTIItem {
    let root: XMLElement
    let body: XMLElement
    private(set) var notes: [ImportNote] = []

    /// - Throws: for an item that cannot become a question.
    init(_ root: XMLElement) throws(SkippedQuestion) {
        self.root = root
        guard let body = root.first("qti-item-body") else {
            throw SkippedQuestion(root.line, "The item has no qti-item-body, so it is left out.")
        }
        self.body = body
        if root.attributes["adaptive"] == "true" {
            throw SkippedQuestion(
                root.line, "The item is adaptive: it changes while it is answered, so it is left out.")
        }
        if let template = root.first("qti-template-processing") {
            throw SkippedQuestion(
                template.line, "The item draws variables (qti-template-processing), so it is left out.")
        }
    }

    mutating func question() throws(SkippedQuestion) -> Question {
        let interactions = body.descendants.filter { $0.name.hasSuffix("-interaction") }
        for interaction in interactions { try check(interaction) }
        noteLosses()
        let isEssay = interactions.contains { $0.name == "qti-extended-text-interaction" }
        guard !isEssay else { return question(.essay(try essay(interactions)), points: maxScore ?? 1) }
        guard !interactions.isEmpty else {
            throw SkippedQuestion(body.line, "The item asks nothing, so it is left out.")
        }
        if let numbers = try QTINumbers(self) {
            try checkScoring(.numeric(numbers.interaction))
            return question(.numeric(numbers.interaction), points: numbers.points)
        }
        let processing = try QTIProcessing(self)
        let labels = interactions.flatMap { QTILabels.of($0, format) }
        let template = TemplateInteraction(
            responses: processing.declarations, labels: labels, maxScore: processing.maxScore)
        let interaction = Interaction.template(template)
        try checkScoring(interaction)
        return question(interaction, points: processing.score ?? template.highestScore ?? 1)
    }

    private var format: TextFormat { QTILabels.format(of: body) }

    private func question(_ interaction: Interaction, points: Decimal128) -> Question {
        Question(
            id: root.attributes["identifier"] ?? "item", title: root.attributes["title"],
            prompt: QTILabels.prompt(of: body, format), format: format,
            points: points, feedback: QuestionFeedback(general: QTIFeedback.general(of: root, format)),
            interaction: interaction)
    }

    private func check(_ interaction: XMLElement) throws(SkippedQuestion) {
        let known = [
            "choice", "order", "associate", "match", "gap-match", "inline-choice", "text-entry", "extended-text",
            "hotspot",
            "select-point", "graphic-order", "graphic-associate", "graphic-gap-match", "slider",
        ]
        guard known.contains(where: { interaction.name == "qti-\($0)-interaction" }) else {
            throw SkippedQuestion(
                interaction.line, "The item has a \(interaction.name), which is not possible here, so it is left out.")
        }
    }

    /// A text for a person to read must be alone: its score is not computed.
    private func essay(_ interactions: [XMLElement]) throws(SkippedQuestion) -> EssayInteraction {
        guard interactions.count == 1 else {
            throw SkippedQuestion(
                interactions[0].line, "The item mixes a text to be read by a person with others, so it is left out.")
        }
        return EssayInteraction()
    }

    // MARK: Points

    /// What the item says it is worth at most.
    var maxScore: Decimal128? {
        let outcomes = root.all("qti-outcome-declaration")
        let maximum = outcomes.first { $0.attributes["identifier"] == "MAXSCORE" }?.first("qti-default-value")?.words
        let normal = outcomes.first { $0.attributes["identifier"] == "SCORE" }?.attributes["normal-maximum"]
        return (maximum ?? normal).flatMap { try? Decimal128($0) }.flatMap { $0 > 0 ? $0 : nil }
    }

    /// A declaration may contradict itself; better now than when learners have answered.
    private func checkScoring(_ interaction: Interaction) throws(SkippedQuestion) {
        let quiz = Quiz(
            id: "import", sections: [Section(id: "import", questions: [Question(id: "q", interaction: interaction)])])
        do {
            _ = try AnswerKey(quiz)
        } catch {
            throw SkippedQuestion(root.line, "The item cannot be scored: \(error) It is left out.")
        }
    }

    // MARK: Losses

    private mutating func noteLosses() {
        for element in root.descendants {
            switch element.name {
            case "qti-modal-feedback" where QTIFeedback.isGeneral(element, in: root, format): break
            case "qti-modal-feedback", "qti-feedback-block", "qti-feedback-inline":
                note(element, "The feedback is not taken over.")
            case "object", "img", "picture", "audio", "video", "svg":
                note(
                    element,
                    "The \(element.name == "object" ? "image or media object" : element.name) is not taken over.")
            case "math": note(element, "The formula (MathML) is taken over as its text.")
            case "qti-rubric-block": note(element, "The rubric block is not taken over.")
            default: break
            }
        }
    }

    mutating func note(_ element: XMLElement, _ problem: String) {
        notes.append(ImportNote(line: element.line, problem: problem))
    }
}
