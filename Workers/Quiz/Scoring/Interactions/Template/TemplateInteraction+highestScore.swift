package import Decimals

extension TemplateInteraction {
    /// The score that earns all points; `nil` for what cannot be scored.
    package var highestScore: Decimal128? { try? TemplateScorer(self, at: .root).maxScore }
}
