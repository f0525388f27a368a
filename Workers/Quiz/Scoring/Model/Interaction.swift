/// How a question is answered and what the right answer is. In JSON an object whose `type` says which of these it is.
package enum Interaction: Sendable, Equatable {
    case choice(ChoiceInteraction)
    case trueFalse(TrueFalseInteraction)
    case numeric(NumericInteraction)
    case shortText(ShortTextInteraction)
    case matching(MatchingInteraction)
    case ordering(OrderingInteraction)
    case cloze(ClozeInteraction)
    case dragAndDrop(DragAndDropInteraction)
    case hotspot(HotspotInteraction)
    case formula(FormulaInteraction)
    case essay(EssayInteraction)
    case template(TemplateInteraction)

    package var kind: Kind {
        switch self {
        case .choice: .choice
        case .trueFalse: .trueFalse
        case .numeric: .numeric
        case .shortText: .shortText
        case .matching: .matching
        case .ordering: .ordering
        case .cloze: .cloze
        case .dragAndDrop: .dragAndDrop
        case .hotspot: .hotspot
        case .formula: .formula
        case .essay: .essay
        case .template: .template
        }
    }

    /// The names of `type`.
    package enum Kind: String, Codable, Sendable, CaseIterable {
        case choice, trueFalse, numeric, shortText, matching, ordering, cloze, dragAndDrop, hotspot, formula, essay
        case template
    }
}
