/// Every prompt is given one of the options. The response is an object: `{"prompt":"option"}`.
package struct MatchingInteraction: Codable, Sendable, Equatable {
    package var prompts: [MatchingPrompt]
    /// Options with the same text are the same.
    package var options: [LabelledItem]
    package var scoring: PairScoring

    package init(prompts: [MatchingPrompt], options: [LabelledItem], scoring: PairScoring = .partial) {
        self.prompts = prompts
        self.options = options
        self.scoring = scoring
    }

    private enum CodingKeys: CodingKey, CaseIterable { case prompts, options, scoring }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder, others: Interaction.keys)
        prompts = try fields.required(.prompts)
        options = try fields.required(.options)
        scoring = try fields.choice(.scoring, else: .partial)
    }
}
