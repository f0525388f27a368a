import Decimals

/// Hands a text on to a person.
struct EssayScorer: InteractionScorer {
    private let interaction: EssayInteraction

    init(_ interaction: EssayInteraction, at path: QuizPath) throws(InvalidDocument) {
        self.interaction = interaction
        let rubric = path.key("rubric")
        try rubric.check(count: interaction.rubric.count, in: 0...Limits.parts, of: "criteria")
        _ = try IDTable(interaction.rubric.map(\.id), at: rubric)
        for (index, criterion) in interaction.rubric.enumerated() {
            let levels = rubric.index(index).key("levels")
            try levels.check(count: criterion.levels.count, in: 1...Limits.parts, of: "levels")
            _ = try IDTable(criterion.levels.map(\.id), at: levels)
            for (place, level) in criterion.levels.enumerated() {
                try levels.index(place).key("fraction").check(fraction: level.fraction, from: 0)
            }
        }
    }

    func score(_ response: ResponseValue, seed: Seed) -> Score {
        guard case .text(let text) = response else { return .unreadable("is not a text") }
        var score = Score(0, ExplanationStep(.awaitingPerson))
        score.status = .awaitingPerson
        let words = text.split(whereSeparator: \.isWhitespace).count
        if let least = interaction.minWords, words < least {
            score.steps.append(ExplanationStep(.wordCount, words, of: least))
        }
        if let most = interaction.maxWords, words > most {
            score.steps.append(ExplanationStep(.wordCount, words, of: most))
        }
        return score
    }
}
