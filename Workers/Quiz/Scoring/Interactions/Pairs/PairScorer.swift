import Decimals

/// Scores what puts one thing to another: matching, and drag and drop.
struct PairScorer: InteractionScorer {
    /// A prompt or a zone.
    private struct Place {
        let id: String
        /// The places of what is right here; nothing where it must stay empty.
        let accepted: [Int]
    }

    private let places: [Place]
    private let placeIDs: Set<String>
    /// Options or draggables.
    private let things: IDTable
    /// Of each of those the first that looks the same: what cannot be told apart is the same.
    private let looks: [Int]
    private let onceOnly: Set<Int>
    private let scoring: PairScoring
    /// What so many right and so many wrong pairs earn, where there are few places; else nothing.
    private var scores: [Score] = []

    private static let mostPrepared = 6

    init(_ interaction: MatchingInteraction, at path: QuizPath) throws(InvalidDocument) {
        let (prompts, options) = (path.key("prompts"), path.key("options"))
        try prompts.check(count: interaction.prompts.count, in: 1...Limits.parts, of: "prompts")
        try options.check(count: interaction.options.count, in: 1...Limits.parts, of: "options")
        things = try IDTable(interaction.options.map(\.id), at: options)
        _ = try IDTable(interaction.prompts.map(\.id), at: prompts)
        looks = Self.looks(interaction.options.map(\.text))
        var places: [Place] = []
        for (index, prompt) in interaction.prompts.enumerated() {
            guard let option = things[prompt.match] else {
                throw prompts.index(index).key("match").error(
                    "is \(InvalidDocument.quoted(prompt.match)), which is no option")
            }
            places.append(Place(id: prompt.id, accepted: [looks[option]]))
        }
        (self.places, placeIDs) = (places, Set(places.map(\.id)))
        (onceOnly, scoring) = ([], interaction.scoring)
        prepareScores()
    }

    init(_ interaction: DragAndDropInteraction, at path: QuizPath) throws(InvalidDocument) {
        let (zones, draggables) = (path.key("zones"), path.key("draggables"))
        try zones.check(count: interaction.zones.count, in: 1...Limits.parts, of: "zones")
        try draggables.check(count: interaction.draggables.count, in: 1...Limits.parts, of: "draggables")
        things = try IDTable(interaction.draggables.map(\.id), at: draggables)
        looks = Array(interaction.draggables.indices)
        _ = try IDTable(interaction.zones.map(\.id), at: zones)
        var places: [Place] = []
        for (index, zone) in interaction.zones.enumerated() {
            var accepted: [Int] = []
            for id in zone.accepts {
                guard let thing = things[id] else {
                    throw zones.index(index).key("accepts").error(
                        "has \(InvalidDocument.quoted(id)), which is no draggable")
                }
                accepted.append(thing)
            }
            places.append(Place(id: zone.id, accepted: accepted))
        }
        (self.places, placeIDs) = (places, Set(places.map(\.id)))
        onceOnly = Set(interaction.draggables.indices.filter { !interaction.draggables[$0].unlimited })
        scoring = interaction.scoring
        prepareScores()
    }

    private mutating func prepareScores() {
        guard places.count <= Self.mostPrepared else { return }
        scores = (0...places.count).flatMap { right in
            (0...places.count).map { wrong in makeScore(right, wrong) }
        }
    }

    private static func looks(_ texts: [String]) -> [Int] {
        let first = Dictionary(zip(texts, texts.indices)) { first, _ in first }
        return texts.indices.map { texts[$0].isEmpty ? $0 : first[texts[$0]] ?? $0 }
    }

    func score(_ response: ResponseValue, seed: Seed) -> Score {
        guard case .record(let pairs) = response else { return .unreadable("is not an object of pairs") }
        var (right, wrong, known) = (0, 0, 0)
        var used: Set<Int> = []
        for place in places {
            let value = pairs[place.id]
            if value != nil { known += 1 }
            switch thing(in: value) {
            case .unknown(let id): return .unreadable("has nothing named \(InvalidDocument.quoted(id))")
            case .nothing: right += place.accepted.isEmpty ? 1 : 0
            case .thing(let thing):
                let isFree = !onceOnly.contains(thing) || used.insert(thing).inserted
                if isFree, place.accepted.contains(thing) { right += 1 } else { wrong += 1 }
            }
        }
        // Usually none is left over, and then there is nothing to look for.
        if known < pairs.count, let unknown = pairs.unknownName(among: placeIDs) {
            return .unreadable("has no place \(InvalidDocument.quoted(unknown))")
        }
        return scores.isEmpty ? makeScore(right, wrong) : scores[right * (places.count + 1) + wrong]
    }

    private func makeScore(_ right: Int, _ wrong: Int) -> Score {
        Score(fraction(right, wrong), ExplanationStep(rule, right, of: places.count, wrong: wrong, subject: "pairs"))
    }

    private enum Found { case nothing, thing(Int), unknown(String) }

    private func thing(in value: ResponseValue?) -> Found {
        guard let value, !value.isBlank else { return .nothing }
        guard case .text(let id) = value else { return .unknown("a list") }
        return things[id].map { .thing(looks[$0]) } ?? .unknown(id)
    }

    private func fraction(_ right: Int, _ wrong: Int) -> Decimal128 {
        switch scoring {
        case .partial: .share(right, of: places.count)
        case .allOrNothing: right == places.count ? 1 : 0
        case .rightMinusWrong: .share(max(0, right - wrong), of: places.count)
        }
    }

    private var rule: AppliedRule {
        switch scoring {
        case .partial: .pairs
        case .allOrNothing: .allOrNothing
        case .rightMinusWrong: .rightMinusWrong
        }
    }
}
