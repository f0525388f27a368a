package import Decimals

/// A level that a text may reach in a criterion.
package struct RubricLevel: Codable, Sendable, Equatable {
    package var id: String
    package var text: String
    /// What it is worth, of the question's points: from 0 to 1. The levels of all criteria are added.
    package var fraction: Decimal128

    package init(id: String, text: String = "", fraction: Decimal128) {
        self.id = id
        self.text = text
        self.fraction = fraction
    }

    private enum CodingKeys: CodingKey, CaseIterable { case id, text, fraction }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        id = try fields.required(.id)
        text = try fields.optional(.text, else: "")
        fraction = try fields.required(.fraction)
    }
}
