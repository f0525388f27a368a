/// The answer to one question: `{"value":"b","certainty":3}`.
package struct Response: Codable, Sendable, Equatable {
    /// The last answer; nothing where the question was left out.
    package var value: ResponseValue?
    /// Earlier answers, first to last, where the rules allow several tries.
    package var tries: [ResponseValue]
    /// How sure the learner is, for certainty-based marking: 1 not very, 2 fairly, 3 very.
    package var certainty: Int?

    package init(_ value: ResponseValue?, tries: [ResponseValue] = [], certainty: Int? = nil) {
        self.value = value
        self.tries = tries
        self.certainty = certainty
    }

    private enum CodingKeys: CodingKey, CaseIterable { case value, tries, certainty }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        value = try fields.optional(.value)
        tries = try fields.optional(.tries, else: [])
        certainty = try fields.optional(.certainty)
    }
}
