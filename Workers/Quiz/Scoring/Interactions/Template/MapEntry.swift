package import Decimals

/// What one value scores.
package struct MapEntry: Codable, Sendable, Equatable {
    package var key: String
    package var value: Decimal128
    package var caseSensitive: Bool

    package init(key: String, value: Decimal128, caseSensitive: Bool = true) {
        self.key = key
        self.value = value
        self.caseSensitive = caseSensitive
    }

    private enum CodingKeys: CodingKey, CaseIterable { case key, value, caseSensitive }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        key = try fields.required(.key)
        value = try fields.required(.value)
        caseSensitive = try fields.optional(.caseSensitive, else: true)
    }
}
