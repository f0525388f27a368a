import Decimals
import QuizScoring

/// A question as QTI sees it: response variables, what is shown, and how it is scored.
struct QTIItemShape {
    enum Processing {
        /// By the template of the only variable.
        case template
        /// All points for the right value of the only variable.
        case match
        /// The sum of what the variables' mappings give.
        case sum
        /// The first number that is near enough.
        case numbers([QTINumber])
        /// By a person.
        case person
    }

    let declarations: [ResponseDeclaration]
    let body: QTIBody
    private(set) var processing: Processing
    /// What the item is worth; nothing where it is what the question says.
    private(set) var maxScore: Decimal128?

    /// - Returns: `nil` for what cannot be scored alike.
    init?(_ question: Question) {
        guard let shape = QTIItemShape(of: question) else { return nil }
        self = shape
        // The template gives one point, and knows one right value.
        let declaration = declarations.first
        guard case .template = processing, declaration?.template == .matchCorrect else { return }
        if question.points != 1 || declaration?.alternatives.isEmpty == false { processing = .match }
    }

    private init?(of question: Question) {
        switch question.interaction {
        case .template(let template): self.init(template)
        case .choice(let choice): self.init(choice, points: question.points)
        case .trueFalse(let truth):
            let choice = ChoiceInteraction(choices: [
                Choice(id: "true", text: "True", fraction: truth.answer ? 1 : 0),
                Choice(id: "false", text: "False", fraction: truth.answer ? 0 : 1),
            ])
            self.init(choice, points: question.points)
        case .ordering(let ordering): self.init(ordering)
        case .shortText(let text): self.init(text, points: question.points)
        case .hotspot(let hotspot): self.init(hotspot, points: question.points)
        case .matching(let matching): self.init(matching, points: question.points)
        case .dragAndDrop(let drag): self.init(drag, points: question.points)
        case .numeric(let numeric): self.init(numeric, points: question.points)
        case .cloze(let cloze): self.init(cloze, points: question.points)
        case .essay: self.init([], .extendedText, .person, question.points)
        case .formula: return nil
        }
    }

    init(
        _ declarations: [ResponseDeclaration], _ body: QTIBody, _ processing: Processing = .template,
        _ maxScore: Decimal128? = nil
    ) {
        (self.declarations, self.body, self.processing, self.maxScore) = (declarations, body, processing, maxScore)
    }

    private init?(_ template: TemplateInteraction) {
        guard template.responses.count == 1 else { return nil }
        let declaration = template.responses[0]
        let choices = template.labels.map { QTIBody.Choice(id: $0.id, text: $0.text) }
        let body = QTIBody.simple(
            element: Self.element(for: declaration), isMultiple: declaration.cardinality == .multiple, choices)
        self.init([declaration], body, .template, template.maxScore)
    }

    private static func element(for declaration: ResponseDeclaration) -> String {
        switch (declaration.baseType, declaration.cardinality) {
        case (.pair, _), (.directedPair, _): "qti-associate-interaction"
        case (.point, _): "qti-select-point-interaction"
        case (.identifier, .ordered): "qti-order-interaction"
        case (.identifier, _), (.boolean, _): "qti-choice-interaction"
        default: "qti-text-entry-interaction"
        }
    }

    /// What the item is worth; nothing where a person decides.
    var points: Decimal128? {
        switch processing {
        case .person, .numbers, .match: nil
        case .template, .sum: TemplateInteraction(responses: declarations, maxScore: maxScore).highestScore
        }
    }
}
