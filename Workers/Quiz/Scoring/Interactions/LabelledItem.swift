/// What is put in order, or what prompts are given.
package struct LabelledItem: Codable, Sendable, Equatable {
    package var id: String
    package var text: String

    package init(id: String, text: String = "") {
        self.id = id
        self.text = text
    }

    private enum CodingKeys: CodingKey, CaseIterable { case id, text }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        id = try fields.required(.id)
        text = try fields.optional(.text, else: "")
    }
}
