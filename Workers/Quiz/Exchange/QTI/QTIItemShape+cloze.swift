import Decimals
import QuizScoring

/// Gaps become variables of their own, whose mappings are added up.
extension QTIItemShape {
    init?(_ cloze: ClozeInteraction, points: Decimal128) {
        let weight = cloze.gaps.reduce(Decimal128.zero) { $0 + $1.weight }
        let names = QTIIdentifiers(cloze.gaps.map(\.id))
        var (declarations, gaps): ([ResponseDeclaration], [QTIBody.Gap]) = ([], [])
        for gap in cloze.gaps {
            let id = names[gap.id]
            guard let share = gap.weight.mappedShare(of: points, in: weight),
                let (declaration, choices) = Self.variable(gap.interaction, id: id, points: share)
            else { return nil }
            declarations.append(declaration)
            gaps.append(QTIBody.Gap(mark: "{\(gap.id)}", response: id, choices: choices))
        }
        let places = gaps.map { cloze.text.firstRange(of: $0.mark)?.lowerBound }
        guard places.allSatisfy({ $0 != nil }) else { return nil }
        let inOrder = zip(places, gaps).sorted { ($0.0 ?? cloze.text.endIndex) < ($1.0 ?? cloze.text.endIndex) }
        self.init(declarations, .cloze(text: cloze.text, inOrder.map(\.1)), .sum, points)
    }

    private static func variable(
        _ interaction: Interaction, id: String, points: Decimal128
    ) -> (ResponseDeclaration, [QTIBody.Choice])? {
        switch interaction {
        case .shortText(let text): declaration(text, id: id, points: points).map { ($0, []) }
        case .choice(let choice) where !choice.multiple && choice.scoring == .weights:
            variable(choice, id: id, points: points)
        default: nil
        }
    }

    private static func variable(
        _ choice: ChoiceInteraction, id: String, points: Decimal128
    ) -> (ResponseDeclaration, [QTIBody.Choice]) {
        let names = QTIIdentifiers(choice.choices.map(\.id))
        let choices = choice.choices.map { QTIBody.Choice(id: names[$0.id], text: $0.text) }
        return (declaration(choice, id: id, names, points: points), choices)
    }
}
