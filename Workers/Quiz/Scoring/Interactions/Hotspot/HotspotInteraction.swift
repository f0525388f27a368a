package import Decimals

/// Places in an image are marked. The response is a list of points in pixels: `["102 113","12 7.5"]`.
///
/// Every area counts once, for the first mark in it; a mark counts for the first area it lies in.
package struct HotspotInteraction: Codable, Sendable, Equatable {
    package var areas: [HotspotArea]
    /// The fraction for every mark that lies in no area, such as -0.5.
    package var outside: Decimal128
    /// A response with more marks is not scored.
    package var maxMarks: Int?

    package init(areas: [HotspotArea], outside: Decimal128 = 0, maxMarks: Int? = nil) {
        self.areas = areas
        self.outside = outside
        self.maxMarks = maxMarks
    }

    private enum CodingKeys: CodingKey, CaseIterable { case areas, outside, maxMarks }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder, others: Interaction.keys)
        areas = try fields.required(.areas)
        outside = try fields.optional(.outside, else: 0)
        maxMarks = try fields.optional(.maxMarks)
    }
}
