package import Decimals

/// What a person gave for an answer: points, or the level of each criterion of the rubric.
package struct ManualMark: Codable, Sendable, Equatable {
    /// From zero to the points of the question.
    package var points: Decimal128?
    /// The ids of the levels, by the ids of the criteria; instead of points.
    package var levels: [String: String]
    package var comment: String?

    package init(points: Decimal128? = nil, levels: [String: String] = [:], comment: String? = nil) {
        self.points = points
        self.levels = levels
        self.comment = comment
    }

    private enum CodingKeys: CodingKey, CaseIterable { case points, levels, comment }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        points = try fields.optional(.points)
        levels = try fields.optional(.levels, else: [:])
        comment = try fields.optional(.comment)
    }
}
