package import Decimals

/// What a learner reads whose grade is at least this fraction of the points.
package struct OverallFeedback: Codable, Sendable, Equatable {
    package var from: Decimal128
    package var text: String

    package init(from: Decimal128, text: String) {
        self.from = from
        self.text = text
    }

    private enum CodingKeys: CodingKey, CaseIterable { case from, text }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        from = try fields.required(.from)
        text = try fields.required(.text)
    }
}
