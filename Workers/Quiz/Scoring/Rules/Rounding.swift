package import Decimals

/// How points are rounded. Every question is rounded first, so that the points a learner sees add up.
package struct Rounding: Codable, Sendable, Equatable {
    /// Of the total.
    package var places: Int
    /// Of a question.
    package var questionPlaces: Int
    package var rule: RoundingRule

    package init(places: Int = 2, questionPlaces: Int = 5, rule: RoundingRule = .halfUp) {
        self.places = places
        self.questionPlaces = questionPlaces
        self.rule = rule
    }

    private enum CodingKeys: CodingKey, CaseIterable { case places, questionPlaces, rule }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        places = try fields.optional(.places, else: 2)
        questionPlaces = try fields.optional(.questionPlaces, else: 5)
        rule = try fields.choice(.rule, else: .halfUp)
    }
}
