/// What is dragged.
package struct Draggable: Codable, Sendable, Equatable {
    package var id: String
    package var text: String
    /// Whether it may be dropped more than once. Else only the first of its zones, by their order, gets it.
    package var unlimited: Bool

    package init(id: String, text: String = "", unlimited: Bool = false) {
        self.id = id
        self.text = text
        self.unlimited = unlimited
    }

    private enum CodingKeys: CodingKey, CaseIterable { case id, text, unlimited }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        id = try fields.required(.id)
        text = try fields.optional(.text, else: "")
        unlimited = try fields.optional(.unlimited, else: false)
    }
}
