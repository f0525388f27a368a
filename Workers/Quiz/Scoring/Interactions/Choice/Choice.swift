package import Decimals

/// One of the answers to choose from.
package struct Choice: Codable, Sendable, Equatable {
    package var id: String
    package var text: String
    /// What choosing it is worth, of the question's points: from -1 to 1. It is right when this is above zero.
    package var fraction: Decimal128
    /// For those who chose it.
    package var feedback: String?

    package init(id: String, text: String = "", fraction: Decimal128 = 0, feedback: String? = nil) {
        self.id = id
        self.text = text
        self.fraction = fraction
        self.feedback = feedback
    }

    private enum CodingKeys: CodingKey, CaseIterable { case id, text, fraction, feedback }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        id = try fields.required(.id)
        text = try fields.optional(.text, else: "")
        fraction = try fields.optional(.fraction, else: 0)
        feedback = try fields.optional(.feedback)
    }
}
