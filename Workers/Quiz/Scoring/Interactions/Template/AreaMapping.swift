package import Decimals

/// What points in areas score: QTI 3.0, Area Mapping.
package struct AreaMapping: Codable, Sendable, Equatable {
    package var entries: [AreaMapEntry]
    /// For points in no area.
    package var defaultValue: Decimal128
    package var lowerBound: Decimal128?
    package var upperBound: Decimal128?

    package init(
        entries: [AreaMapEntry], defaultValue: Decimal128 = 0, lowerBound: Decimal128? = nil,
        upperBound: Decimal128? = nil
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
