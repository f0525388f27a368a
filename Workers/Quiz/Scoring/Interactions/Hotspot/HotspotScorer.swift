import Decimals

/// Scores marks in an image.
struct HotspotScorer: InteractionScorer {
    private let interaction: HotspotInteraction
    private let areas: [Area]
    private let rightCount: Int

    init(_ interaction: HotspotInteraction, at path: QuizPath) throws(InvalidDocument) {
        let place = path.key("areas")
        try place.check(count: interaction.areas.count, in: 1...Limits.parts, of: "areas")
        _ = try IDTable(interaction.areas.map(\.id), at: place)
        try path.key("outside").check(fraction: interaction.outside)
        if let most = interaction.maxMarks { try path.key("maxMarks").check(most > 0, "is \(most); write 1 or more") }
        try place.check(coordinates: interaction.areas.reduce(0) { $0 + $1.coords.count })
        var areas: [Area] = []
        for (index, area) in interaction.areas.enumerated() {
            try place.index(index).key("fraction").check(fraction: area.fraction)
            areas.append(try Area(area.shape, area.coords, at: place.index(index)))
        }
        (self.interaction, self.areas) = (interaction, areas)
        rightCount = interaction.areas.count { $0.fraction > 0 }
    }

    func score(_ response: ResponseValue, seed: Seed) -> Score {
        let marks: [String]
        switch response {
        case .text(let mark): marks = [mark]
        case .list(let list): marks = list
        case .record: return .unreadable("is not a list of marks")
        }
        let most = min(interaction.maxMarks ?? Limits.marks, Limits.marks)
        guard marks.count <= most else { return .unreadable("has \(marks.count) marks, more than \(most)") }
        var hit = [Bool](repeating: false, count: areas.count)
        var outside = 0
        for mark in marks {
            guard let point = Point(mark) else {
                return .unreadable("has the mark \(InvalidDocument.quoted(mark)), which is no point")
            }
            if let area = areas.firstIndex(where: { $0.contains(point) }) { hit[area] = true } else { outside += 1 }
        }
        return score(hit, outside: outside)
    }

    private func score(_ hit: [Bool], outside: Int) -> Score {
        var (sum, right) = (Decimal128(outside) * interaction.outside, 0)
        var feedback: [String] = []
        for (area, isHit) in zip(interaction.areas, hit) where isHit {
            sum += area.fraction
            if area.fraction > 0 { right += 1 }
            if let text = area.feedback { feedback.append(text) }
        }
        let step = ExplanationStep(.areas, right, of: rightCount, wrong: outside)
        var score = Score(max(0, min(1, sum)), step, feedback: feedback)
        if sum.isNegative { score.steps.append(ExplanationStep(.floor)) }
        return score
    }
}
