import Decimals

/// Scores an order.
struct OrderingScorer: InteractionScorer {
    private let places: IDTable
    private let scoring: OrderingScoring
    /// What so many right ones earn.
    private let scores: [Score]

    init(_ interaction: OrderingInteraction, at path: QuizPath) throws(InvalidDocument) {
        let items = path.key("items")
        try items.check(count: interaction.items.count, in: 2...Limits.parts, of: "items")
        places = try IDTable(interaction.items.map(\.id), at: items)
        scoring = interaction.scoring
        let total = interaction.items.count - (scoring == .relativeToNext ? 1 : 0)
        scores = (0...total).map { [scoring] in Self.score($0, of: total, scoring) }
    }

    private static func score(_ right: Int, of total: Int, _ scoring: OrderingScoring) -> Score {
        guard scoring == .allOrNothing else {
            return Score(.share(right, of: total), ExplanationStep(.ordering, right, of: total))
        }
        return Score(
            right == total ? 1 : 0, ExplanationStep(.allOrNothing, right, of: total, subject: "items"))
    }

    func score(_ response: ResponseValue, seed: Seed) -> Score {
        guard case .list(let ids) = response else { return .unreadable("is not a list of items") }
        var order: [Int] = []
        order.reserveCapacity(places.count)
        var seen = [Bool](repeating: false, count: places.count)
        for id in ids {
            guard let place = places[id] else { return .unreadable("has no item \(InvalidDocument.quoted(id))") }
            guard !seen[place] else { return .unreadable("has the item \(InvalidDocument.quoted(id)) twice") }
            seen[place] = true
            order.append(place)
        }
        return scores[right(order)]
    }

    private func right(_ order: [Int]) -> Int {
        switch scoring {
        case .allOrNothing, .absolutePosition: order.enumerated().count { $0 == $1 }
        case .relativeToNext: zip(order, order.dropFirst()).count { $0 + 1 == $1 }
        case .longestOrderedSubset: atLeastTwo(order.longestIncreasingSubsequence)
        case .longestContiguousSubset: atLeastTwo(Self.longestRun(order))
        }
    }

    private func atLeastTwo(_ count: Int) -> Int { count < 2 ? 0 : count }

    private static func longestRun(_ order: [Int]) -> Int {
        var (longest, run) = (order.isEmpty ? 0 : 1, 1)
        for (item, next) in zip(order, order.dropFirst()) {
            run = item + 1 == next ? run + 1 : 1
            longest = Swift.max(longest, run)
        }
        return longest
    }
}
