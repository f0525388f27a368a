package import Decimals

/// A number, perhaps with a unit. The response is the text a learner typed: `3.5 cm`, `3,5`, `1e3`.
///
/// The first answer that matches counts.
package struct NumericInteraction: Codable, Sendable, Equatable {
    package var answers: [NumericAnswer]
    /// Units a learner may write. Answers are in the unit whose factor is 1.
    package var units: [Unit]
    package var unitRule: UnitRule
    /// The fraction of the points that a missing or unknown unit costs where the number is right. Else all of them.
    package var unitPenalty: Decimal128

    package init(
        answers: [NumericAnswer], units: [Unit] = [], unitRule: UnitRule = .optional, unitPenalty: Decimal128 = 1
    ) {
        self.answers = answers
        self.units = units
        self.unitRule = unitRule
        self.unitPenalty = unitPenalty
    }

    private enum CodingKeys: CodingKey, CaseIterable { case answers, units, unitRule, unitPenalty }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder, others: Interaction.keys)
        answers = try fields.required(.answers)
        units = try fields.optional(.units, else: [])
        unitRule = try fields.choice(.unitRule, else: .optional)
        unitPenalty = try fields.optional(.unitPenalty, else: 1)
    }
}
