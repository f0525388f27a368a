/// A word or a line. The response is the text a learner typed.
///
/// White space at the ends is ignored, and a run of it within is one space. Letters are equal when Unicode says so: é is
/// the same as e with an accent. The first answer that matches counts.
package struct ShortTextInteraction: Codable, Sendable, Equatable {
    package var answers: [TextAnswer]
    /// Whether A differs from a. Else ß is ss as well.
    package var caseSensitive: Bool

    package init(answers: [TextAnswer], caseSensitive: Bool = false) {
        self.answers = answers
        self.caseSensitive = caseSensitive
    }

    private enum CodingKeys: CodingKey, CaseIterable { case answers, caseSensitive }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder, others: Interaction.keys)
        answers = try fields.required(.answers)
        caseSensitive = try fields.optional(.caseSensitive, else: false)
    }
}
