/// Single or multiple choice. The response is the id of a choice, or a list of ids where `multiple` is set.
package struct ChoiceInteraction: Codable, Sendable, Equatable {
    package var choices: [Choice]
    package var multiple: Bool
    package var scoring: ChoiceScoring
    /// Whether a response may be worth less than nothing. Else what is below zero counts as zero.
    package var allowsNegative: Bool

    package init(
        choices: [Choice], multiple: Bool = false, scoring: ChoiceScoring = .weights, allowsNegative: Bool = false
    ) {
        self.choices = choices
        self.multiple = multiple
        self.scoring = scoring
        self.allowsNegative = allowsNegative
    }

    private enum CodingKeys: CodingKey, CaseIterable { case choices, multiple, scoring, allowsNegative }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder, others: Interaction.keys)
        choices = try fields.required(.choices)
        multiple = try fields.optional(.multiple, else: false)
        scoring = try fields.choice(.scoring, else: .weights)
        allowsNegative = try fields.optional(.allowsNegative, else: false)
    }
}
