package import Decimals

/// The least fraction of the points that earns a letter.
package struct LetterBoundary: Codable, Sendable, Equatable {
    package var letter: String
    package var from: Decimal128

    package init(letter: String, from: Decimal128) {
        self.letter = letter
        self.from = from
    }

    private enum CodingKeys: CodingKey, CaseIterable { case letter, from }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        letter = try fields.required(.letter)
        from = try fields.required(.from)
    }
}
