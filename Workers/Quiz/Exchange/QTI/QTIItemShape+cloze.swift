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
        guard gaps.allSatisfy({ cloze.text.contains($0.mark) }) else { return nil }
        self.init(declarations, .cloze(text: cloze.text, gaps), .sum, points)
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
