/// A text that a person reads and marks. The response is the text.
package struct EssayInteraction: Codable, Sendable, Equatable {
    /// A shorter text is told so, and marked nevertheless.
    package var minWords: Int?
    package var maxWords: Int?
    /// What the person marks by.
    package var rubric: [RubricCriterion]

    package init(minWords: Int? = nil, maxWords: Int? = nil, rubric: [RubricCriterion] = []) {
        self.minWords = minWords
        self.maxWords = maxWords
        self.rubric = rubric
    }

    private enum CodingKeys: CodingKey, CaseIterable { case minWords, maxWords, rubric }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder, others: Interaction.keys)
        minWords = try fields.optional(.minWords)
        maxWords = try fields.optional(.maxWords)
        rubric = try fields.optional(.rubric, else: [])
    }
}
