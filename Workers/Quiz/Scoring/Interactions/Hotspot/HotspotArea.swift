package import Decimals

/// An area of an image, and what a mark in it is worth.
package struct HotspotArea: Codable, Sendable, Equatable {
    package var id: String
    package var shape: HotspotShape
    /// In pixels, as HTML and QTI write them; see ``HotspotShape``.
    package var coords: [Decimal128]
    /// From -1 to 1.
    package var fraction: Decimal128
    package var feedback: String?

    package init(
        id: String, shape: HotspotShape = .rect, coords: [Decimal128] = [], fraction: Decimal128 = 1,
        feedback: String? = nil
    ) {
        self.id = id
        self.shape = shape
        self.coords = coords
        self.fraction = fraction
        self.feedback = feedback
    }

    private enum CodingKeys: CodingKey, CaseIterable { case id, shape, coords, fraction, feedback }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        id = try fields.required(.id)
        shape = try fields.choice(.shape, else: .rect)
        coords = try fields.optional(.coords, else: [])
        fraction = try fields.optional(.fraction, else: 1)
        feedback = try fields.optional(.feedback)
    }
}
