import Decimals
import QuizScoring

/// Pairs become directed pairs, each with its share of the points.
extension QTIItemShape {
    init?(_ matching: MatchingInteraction, points: Decimal128) {
        let names = QTIIdentifiers(matching.prompts.map(\.id) + matching.options.map { "option \($0.id)" })
        let right = matching.prompts.map { prompt in
            Self.options(like: prompt.match, in: matching).map { "\(names[prompt.id]) \(names["option \($0.id)"])" }
        }
        guard let declaration = Self.declaration(right, matching.scoring, points) else { return nil }
        let body = QTIBody.match(
            prompts: matching.prompts.map { QTIBody.Choice(id: names[$0.id], text: $0.text) },
            options: matching.options.map { QTIBody.Choice(id: names["option \($0.id)"], text: $0.text) })
        self.init([declaration], body, .template, declaration.mapping == nil ? nil : points)
    }

    /// Options that cannot be told apart are all right.
    private static func options(like id: String, in matching: MatchingInteraction) -> [LabelledItem] {
        let wanted = matching.options.first { $0.id == id }
        return matching.options.filter { $0.id == id || !$0.text.isEmpty && $0.text == wanted?.text }
    }

    init?(_ drag: DragAndDropInteraction, points: Decimal128) {
        guard drag.zones.allSatisfy({ !$0.accepts.isEmpty }) else { return nil }
        let names = QTIIdentifiers(drag.zones.map(\.id) + drag.draggables.map { "drag \($0.id)" })
        let right = drag.zones.map { zone in zone.accepts.map { "\(names["drag \($0)"]) \(names[zone.id])" } }
        guard let declaration = Self.declaration(right, drag.scoring, points) else { return nil }
        let body = QTIBody.gapMatch(
            draggables: drag.draggables.map {
                QTIBody.Choice(id: names["drag \($0.id)"], text: $0.text, isUnlimited: $0.unlimited)
            }, zones: drag.zones.map { QTIBody.Choice(id: names[$0.id], text: $0.text) })
        self.init([declaration], body, .template, declaration.mapping == nil ? nil : points)
    }

    /// - Parameter right: the pairs that are right at each place.
    private static func declaration(
        _ right: [[String]], _ scoring: PairScoring, _ points: Decimal128
    ) -> ResponseDeclaration? {
        var declaration = ResponseDeclaration(
            id: "RESPONSE", cardinality: .multiple, baseType: .directedPair, correct: right.compactMap(\.first))
        switch scoring {
        case .allOrNothing:
            return right.allSatisfy { $0.count == 1 } ? declaration : nil
        case .partial, .rightMinusWrong:
            guard let share = Decimal128.one.mappedShare(of: points, in: Decimal128(right.count)) else { return nil }
            declaration.mapping = Mapping(
                entries: right.joined().map { MapEntry(key: $0, value: share) },
                defaultValue: scoring == .partial ? 0 : -share, lowerBound: 0, upperBound: points)
            declaration.template = .mapResponse
            return declaration
        }
    }
}
