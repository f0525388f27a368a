import Decimals

/// Scores single and multiple choice.
struct ChoiceScorer: InteractionScorer {
    /// What is asked of a choice for every response.
    private struct Option {
        let fraction: Decimal128
        let feedback: String?
    }

    private let options: [Option]
    private let multiple: Bool
    private let scoring: ChoiceScoring
    private let allowsNegative: Bool
    private let places: IDTable
    private let rightCount: Int
    /// What each choice earns alone: most responses are one.
    private var single: [Score] = []

    init(_ interaction: ChoiceInteraction, at path: QuizPath) throws(InvalidDocument) {
        options = interaction.choices.map { Option(fraction: $0.fraction, feedback: $0.feedback) }
        (multiple, scoring, allowsNegative) = (interaction.multiple, interaction.scoring, interaction.allowsNegative)
        let choices = path.key("choices")
        try choices.check(count: interaction.choices.count, in: 1...Limits.parts, of: "choices")
        places = try IDTable(interaction.choices.map(\.id), at: choices)
        for (place, choice) in interaction.choices.enumerated() {
            try choices.index(place).key("fraction").check(fraction: choice.fraction)
        }
        rightCount = interaction.choices.count { $0.fraction > 0 }
        try choices.check(
            rightCount > 0 || interaction.scoring == .weights, "has no right choice; give one a fraction above 0")
        single = options.indices.map { score(chosen: [$0]) }
    }

    func score(_ response: ResponseValue, seed: Seed) -> Score {
        switch response {
        case .text(let id): return places[id].map { single[$0] } ?? Self.unknown(id)
        case .list(let ids) where multiple || ids.count == 1: return score(ids)
        case .list: return .unreadable("has more than one choice")
        case .record: return .unreadable("is not a choice")
        }
    }

    private func score(_ ids: [String]) -> Score {
        var chosen: [Int] = []
        chosen.reserveCapacity(ids.count)
        for id in ids.prefix(Limits.parts + 1) {
            guard let place = places[id] else { return Self.unknown(id) }
            guard !chosen.contains(place) else {
                return .unreadable("has the choice \(InvalidDocument.quoted(id)) twice")
            }
            chosen.append(place)
        }
        // In the order of the quiz, so that the order of the response changes nothing.
        chosen.sort()
        return score(chosen: chosen)
    }

    private static func unknown(_ id: String) -> Score { .unreadable("has no choice \(InvalidDocument.quoted(id))") }

    private func score(chosen: [Int]) -> Score {
        var (sum, right) = (Decimal128.zero, 0)
        var feedback: [String] = []
        for place in chosen {
            let option = options[place]
            sum += option.fraction
            if option.fraction > 0 { right += 1 }
            if let text = option.feedback { feedback.append(text) }
        }
        let wrong = chosen.count - right
        var score = Score(fraction(sum, right: right, wrong: wrong), step(right, wrong), feedback: feedback)
        if score.fraction.isNegative, !allowsNegative {
            score.fraction = 0
            score.steps.append(ExplanationStep(.floor))
        }
        return score
    }

    private func fraction(_ sum: Decimal128, right: Int, wrong: Int) -> Decimal128 {
        switch scoring {
        case .weights: max(-1, min(1, sum))
        case .allOrNothing: right == rightCount && wrong == 0 ? 1 : 0
        case .rightMinusWrong: max(-1, Decimal128.share(right - wrong, of: rightCount))
        }
    }

    private func step(_ right: Int, _ wrong: Int) -> ExplanationStep {
        let rule: AppliedRule =
            switch scoring {
            case .weights: .weights
            case .allOrNothing: .allOrNothing
            case .rightMinusWrong: .rightMinusWrong
            }
        return ExplanationStep(rule, right, of: rightCount, wrong: wrong, subject: rule == .weights ? nil : "choices")
    }
}
