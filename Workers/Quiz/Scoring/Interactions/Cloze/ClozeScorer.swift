import Decimals

/// Scores a text with gaps: each by its own interaction, together by their weights.
struct ClozeScorer: InteractionScorer {
    private struct Gap {
        let id: String
        let weight: Decimal128
        let scorer: any InteractionScorer
    }

    private let gaps: [Gap]
    private let ids: Set<String>
    private let weight: Decimal128

    init(_ interaction: ClozeInteraction, at path: QuizPath, name: String) throws(InvalidDocument) {
        let path = path.key("gaps")
        try path.check(count: interaction.gaps.count, in: 1...Limits.parts, of: "gaps")
        _ = try IDTable(interaction.gaps.map(\.id), at: path)
        ids = Set(interaction.gaps.map(\.id))
        var gaps: [Gap] = []
        for (index, gap) in interaction.gaps.enumerated() {
            gaps.append(try Self.gap(gap, at: path.index(index), name: name))
        }
        self.gaps = gaps
        weight = gaps.reduce(0) { $0 + $1.weight }
    }

    private static func gap(_ gap: ClozeGap, at path: QuizPath, name: String) throws(InvalidDocument) -> Gap {
        try path.key("weight").check(
            gap.weight > 0 && gap.weight <= Decimal128(Limits.points), "is \(gap.weight); write one above 0")
        let place = path.key("interaction")
        switch gap.interaction.kind {
        case .choice, .numeric, .shortText: break
        default: throw place.key("type").error("is \(gap.interaction.kind); write choice, numeric or shortText")
        }
        let scorer = try gap.interaction.scorer(at: place, name: "\(name)/\(gap.id)")
        return Gap(id: gap.id, weight: gap.weight, scorer: scorer)
    }

    func score(_ response: ResponseValue, seed: Seed) -> Score {
        guard case .record(let values) = response else { return .unreadable("is not an object of gaps") }
        var (sum, known) = (Decimal128.zero, 0)
        var (steps, feedback): ([ExplanationStep], [String]) = ([], [])
        steps.reserveCapacity(gaps.count)
        for gap in gaps {
            let value = values[gap.id]
            if value != nil { known += 1 }
            let score = score(gap, value, seed: seed)
            sum += score.fraction * gap.weight
            steps.append(ExplanationStep(.gap, value: score.fraction, subject: gap.id))
            if score.isUnanswered { steps += score.steps.filter { $0.rule == .unreadable } }
            if !score.feedback.isEmpty { feedback += score.feedback }
        }
        if known < values.count, let unknown = values.unknownName(among: ids) {
            return .unreadable("has no gap \(InvalidDocument.quoted(unknown))")
        }
        return Score(sum.divided(by: weight) ?? 0, steps: steps, feedback: feedback)
    }

    private func score(_ gap: Gap, _ value: ResponseValue?, seed: Seed) -> Score {
        guard let value, !value.isBlank else { return .noResponse }
        return gap.scorer.score(value, seed: seed)
    }
}
