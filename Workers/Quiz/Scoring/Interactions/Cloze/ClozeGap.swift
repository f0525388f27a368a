package import Decimals

/// A gap in a text.
package struct ClozeGap: Codable, Sendable, Equatable {
    package var id: String
    /// Its share of the points, beside those of the other gaps.
    package var weight: Decimal128
    /// `choice`, `numeric` or `shortText`.
    package var interaction: Interaction

    package init(id: String, weight: Decimal128 = 1, interaction: Interaction) {
        self.id = id
        self.weight = weight
        self.interaction = interaction
    }

    private enum CodingKeys: CodingKey, CaseIterable { case id, weight, interaction }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        id = try fields.required(.id)
        weight = try fields.optional(.weight, else: 1)
        interaction = try fields.required(.interaction)
    }
}
