/// Words or images are dragged into zones of a text or an image. The response is an object: `{"zone":"draggable"}`.
package struct DragAndDropInteraction: Codable, Sendable, Equatable {
    package var draggables: [Draggable]
    package var zones: [DropZone]
    package var scoring: PairScoring

    package init(draggables: [Draggable], zones: [DropZone], scoring: PairScoring = .partial) {
        self.draggables = draggables
        self.zones = zones
        self.scoring = scoring
    }

    private enum CodingKeys: CodingKey, CaseIterable { case draggables, zones, scoring }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder, others: Interaction.keys)
        draggables = try fields.required(.draggables)
        zones = try fields.required(.zones)
        scoring = try fields.choice(.scoring, else: .partial)
    }
}
