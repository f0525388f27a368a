package import Decimals

/// A text, or a pattern of texts, and what it is worth.
package struct TextAnswer: Codable, Sendable, Equatable {
    package var text: String
    package var match: TextMatch
    /// From -1 to 1.
    package var fraction: Decimal128
    package var feedback: String?

    package init(text: String, match: TextMatch = .exact, fraction: Decimal128 = 1, feedback: String? = nil) {
        self.text = text
        self.match = match
        self.fraction = fraction
        self.feedback = feedback
    }

    private enum CodingKeys: CodingKey, CaseIterable { case text, match, fraction, feedback }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        text = try fields.required(.text)
        match = try fields.choice(.match, else: .exact)
        fraction = try fields.optional(.fraction, else: 1)
        feedback = try fields.optional(.feedback)
    }
}
