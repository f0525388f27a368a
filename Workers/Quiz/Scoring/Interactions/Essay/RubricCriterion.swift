/// One of the things a text is marked by.
package struct RubricCriterion: Codable, Sendable, Equatable {
    package var id: String
    package var text: String
    package var levels: [RubricLevel]

    package init(id: String, text: String = "", levels: [RubricLevel]) {
        self.id = id
        self.text = text
        self.levels = levels
    }

    private enum CodingKeys: CodingKey, CaseIterable { case id, text, levels }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        id = try fields.required(.id)
        text = try fields.optional(.text, else: "")
        levels = try fields.required(.levels)
    }
}
