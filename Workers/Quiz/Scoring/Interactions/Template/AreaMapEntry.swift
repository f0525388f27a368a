package import Decimals

/// What a point in an area scores. Every area scores once.
package struct AreaMapEntry: Codable, Sendable, Equatable {
    package var shape: HotspotShape
    package var coords: [Decimal128]
    package var value: Decimal128

    package init(shape: HotspotShape = .rect, coords: [Decimal128] = [], value: Decimal128) {
        self.shape = shape
        self.coords = coords
        self.value = value
    }

    private enum CodingKeys: CodingKey, CaseIterable { case shape, coords, value }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        shape = try fields.choice(.shape, else: .rect)
        coords = try fields.optional(.coords, else: [])
        value = try fields.required(.value)
    }
}
