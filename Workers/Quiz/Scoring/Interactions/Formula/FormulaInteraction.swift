package import Decimals

/// A number that follows from variables, which differ from learner to learner. The response is as of a numeric question.
package struct FormulaInteraction: Codable, Sendable, Equatable {
    package var variables: [FormulaVariable]
    package var answers: [FormulaAnswer]
    package var units: [Unit]
    package var unitRule: UnitRule
    package var unitPenalty: Decimal128

    package init(
        variables: [FormulaVariable] = [], answers: [FormulaAnswer], units: [Unit] = [], unitRule: UnitRule = .optional,
        unitPenalty: Decimal128 = 1
    ) {
        self.variables = variables
        self.answers = answers
        self.units = units
        self.unitRule = unitRule
        self.unitPenalty = unitPenalty
    }

    private enum CodingKeys: CodingKey, CaseIterable { case variables, answers, units, unitRule, unitPenalty }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder, others: Interaction.keys)
        variables = try fields.optional(.variables, else: [])
        answers = try fields.required(.answers)
        units = try fields.optional(.units, else: [])
        unitRule = try fields.choice(.unitRule, else: .optional)
        unitPenalty = try fields.optional(.unitPenalty, else: 1)
    }
}
