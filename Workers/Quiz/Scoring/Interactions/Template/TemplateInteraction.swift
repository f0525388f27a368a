package import Decimals

/// A QTI item: response variables, each scored by a standard response processing template. The response is the value of the
/// variable, or an object of values where there are several: `{"RESPONSE":["A P","C M"]}`.
package struct TemplateInteraction: Codable, Sendable, Equatable {
    package var responses: [ResponseDeclaration]
    /// What learners see of the values, in the order of the item.
    package var labels: [TemplateLabel]
    /// The score that earns all points. Else what the right response of each variable scores.
    package var maxScore: Decimal128?

    package init(responses: [ResponseDeclaration], labels: [TemplateLabel] = [], maxScore: Decimal128? = nil) {
        self.responses = responses
        self.labels = labels
        self.maxScore = maxScore
    }

    private enum CodingKeys: CodingKey, CaseIterable { case responses, labels, maxScore }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder, others: Interaction.keys)
        responses = try fields.required(.responses)
        labels = try fields.optional(.labels, else: [])
        maxScore = try fields.optional(.maxScore)
    }
}
