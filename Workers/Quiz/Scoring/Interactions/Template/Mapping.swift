package import Decimals

/// What single values score, or points in areas: QTI 3.0, Mapping and Area Mapping.
package struct Mapping<Entry: Codable & Sendable & Equatable>: Codable, Sendable, Equatable {
    package var entries: [Entry]
    /// For values that have no entry, and points in no area.
    package var defaultValue: Decimal128
    /// What a container scores at least.
    package var lowerBound: Decimal128?
    /// What a container scores at most.
    package var upperBound: Decimal128?

    package init(
        entries: [Entry], defaultValue: Decimal128 = 0, lowerBound: Decimal128? = nil, upperBound: Decimal128? = nil
    ) {
        self.entries = entries
        self.defaultValue = defaultValue
        self.lowerBound = lowerBound
        self.upperBound = upperBound
    }

    private enum CodingKeys: CodingKey, CaseIterable { case entries, defaultValue, lowerBound, upperBound }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        entries = try fields.required(.entries)
        defaultValue = try fields.optional(.defaultValue, else: 0)
        lowerBound = try fields.optional(.lowerBound)
        upperBound = try fields.optional(.upperBound)
    }
}
