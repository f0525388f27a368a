/// Items are put in order. The response is the list of their ids.
package struct OrderingInteraction: Codable, Sendable, Equatable {
    /// In the right order.
    package var items: [LabelledItem]
    package var scoring: OrderingScoring

    package init(items: [LabelledItem], scoring: OrderingScoring = .allOrNothing) {
        self.items = items
        self.scoring = scoring
    }

    private enum CodingKeys: CodingKey, CaseIterable { case items, scoring }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder, others: Interaction.keys)
        items = try fields.required(.items)
        scoring = try fields.choice(.scoring, else: .allOrNothing)
    }
}
