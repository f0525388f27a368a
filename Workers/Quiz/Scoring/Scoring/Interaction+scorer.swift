extension Interaction {
    /// Checks the interaction, and makes it ready.
    /// - Parameter name: of the question, for what is drawn by chance.
    func scorer(at path: QuizPath, name: String) throws(InvalidDocument) -> any InteractionScorer {
        switch self {
        case .choice(let interaction): try ChoiceScorer(interaction, at: path)
        case .trueFalse(let interaction): try ChoiceScorer(interaction.asChoice, at: path)
        case .numeric(let interaction): try NumericScorer(interaction, at: path)
        case .shortText(let interaction): try ShortTextScorer(interaction, at: path)
        case .matching(let interaction): try PairScorer(interaction, at: path)
        case .dragAndDrop(let interaction): try PairScorer(interaction, at: path)
        case .ordering(let interaction): try OrderingScorer(interaction, at: path)
        case .cloze(let interaction): try ClozeScorer(interaction, at: path, name: name)
        case .hotspot(let interaction): try HotspotScorer(interaction, at: path)
        case .formula(let interaction): try FormulaScorer(interaction, at: path, name: name)
        case .essay(let interaction): try EssayScorer(interaction, at: path)
        case .template(let interaction): try TemplateScorer(interaction, at: path)
        }
    }
}
