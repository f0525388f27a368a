import Decimals
import QuizScoring

extension QTIItemShape {
    init(_ choice: ChoiceInteraction, points: Decimal128) {
        let names = QTIIdentifiers(choice.choices.map(\.id))
        let declaration =
            Self.isMatched(choice)
            ? ResponseDeclaration(
                id: "RESPONSE", cardinality: choice.multiple ? .multiple : .single,
                correct: choice.choices.filter { $0.fraction > 0 }.map { names[$0.id] })
            : Self.declaration(choice, id: "RESPONSE", names, points: points)
        let choices = choice.choices.map { QTIBody.Choice(id: names[$0.id], text: $0.text) }
        let body = QTIBody.simple(element: "qti-choice-interaction", isMultiple: choice.multiple, choices)
        self.init([declaration], body, .template, declaration.mapping == nil ? nil : points)
    }

    /// Whether only one set of choices earns anything, and all there is.
    private static func isMatched(_ choice: ChoiceInteraction) -> Bool {
        if choice.scoring == .allOrNothing { return true }
        return !choice.multiple && choice.scoring == .weights
            && choice.choices.allSatisfy { $0.fraction.isZero || $0.fraction == 1 }
            && choice.choices.count { $0.fraction == 1 } == 1
    }

    /// By a mapping. Its bounds are for several choices alone: a single one has none below zero that may not be there.
    static func declaration(
        _ choice: ChoiceInteraction, id: String, _ names: QTIIdentifiers, points: Decimal128
    ) -> ResponseDeclaration {
        let right = choice.choices.filter { $0.fraction > 0 }
        let share = Decimal128.one.mappedShare(of: points, in: Decimal128(right.count)) ?? 0
        let entries = choice.choices.map { item in
            let value =
                if choice.scoring == .rightMinusWrong {
                    item.fraction > 0 ? share : -share
                } else {
                    item.fraction * points
                }
            let isTooLow = !choice.multiple && !choice.allowsNegative && value.isNegative
            return MapEntry(key: names[item.id], value: isTooLow ? 0 : value)
        }
        let mapping =
            choice.multiple
            ? Mapping(entries: entries, lowerBound: choice.allowsNegative ? -points : 0, upperBound: points)
            : Mapping(entries: entries)
        return ResponseDeclaration(
            id: id, cardinality: choice.multiple ? .multiple : .single,
            correct: (choice.multiple ? right : Array(right.prefix(1))).map { names[$0.id] }, mapping: mapping,
            template: .mapResponse)
    }

    init?(_ ordering: OrderingInteraction) {
        guard ordering.scoring == .allOrNothing else { return nil }
        let names = QTIIdentifiers(ordering.items.map(\.id))
        let items = ordering.items.map { QTIBody.Choice(id: names[$0.id], text: $0.text) }
        let declaration = ResponseDeclaration(id: "RESPONSE", cardinality: .ordered, correct: items.map(\.id))
        self.init([declaration], .simple(element: "qti-order-interaction", isMultiple: false, items))
    }

    init?(_ text: ShortTextInteraction, points: Decimal128) {
        guard let declaration = Self.declaration(text, id: "RESPONSE", points: points) else { return nil }
        self.init(
            [declaration], .simple(element: "qti-text-entry-interaction", isMultiple: false, []), .template, points)
    }

    /// Without white space and composition, which QTI does not treat alike.
    static func declaration(_ text: ShortTextInteraction, id: String, points: Decimal128) -> ResponseDeclaration? {
        guard text.answers.allSatisfy({ $0.match == .exact }) else { return nil }
        var entries: [MapEntry] = []
        for answer in text.answers where !entries.contains(where: { $0.key == answer.text }) {
            entries.append(
                MapEntry(key: answer.text, value: answer.fraction * points, caseSensitive: text.caseSensitive))
        }
        return ResponseDeclaration(
            id: id, baseType: .string, correct: text.answers.first { $0.fraction == 1 }.map { [$0.text] } ?? [],
            mapping: Mapping(entries: entries), template: .mapResponse)
    }

    init(_ hotspot: HotspotInteraction, points: Decimal128) {
        let entries = hotspot.areas.map {
            AreaMapEntry(shape: $0.shape, coords: $0.coords, value: $0.fraction * points)
        }
        let declaration = ResponseDeclaration(
            id: "RESPONSE", cardinality: .multiple, baseType: .point,
            areaMapping: Mapping(
                entries: entries, defaultValue: hotspot.outside * points, lowerBound: 0, upperBound: points),
            template: .mapResponsePoint)
        let body = QTIBody.simple(element: "qti-select-point-interaction", isMultiple: false, [])
        self.init([declaration], body, .template, points)
    }

    init?(_ numeric: NumericInteraction, points: Decimal128) {
        let numbers = numeric.answers.compactMap { QTINumber($0, points: points) }
        guard numeric.units.isEmpty, numbers.count == numeric.answers.count else { return nil }
        let right = zip(numeric.answers, numbers).first { $0.0.fraction == 1 }?.1.value
        let declaration = ResponseDeclaration(
            id: "RESPONSE", baseType: .float, correct: right.map { ["\($0)"] } ?? [])
        let body = QTIBody.simple(element: "qti-text-entry-interaction", isMultiple: false, [])
        self.init([declaration], body, .numbers(numbers), points)
    }
}
