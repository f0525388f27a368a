/// Where something is dropped.
package struct DropZone: Codable, Sendable, Equatable {
    package var id: String
    package var text: String
    /// The ids of the draggables that are right here; empty for a zone that must stay empty.
    package var accepts: [String]

    package init(id: String, text: String = "", accepts: [String]) {
        self.id = id
        self.text = text
        self.accepts = accepts
    }

    private enum CodingKeys: CodingKey, CaseIterable { case id, text, accepts }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        id = try fields.required(.id)
        text = try fields.optional(.text, else: "")
        accepts = try fields.required(.accepts)
    }
}
