/// What learners see of an identifier: a choice, a gap, a prompt.
package struct TemplateLabel: Codable, Sendable, Equatable {
    /// The response variable.
    package var response: String
    package var id: String
    package var text: String

    package init(response: String, id: String, text: String = "") {
        self.response = response
        self.id = id
        self.text = text
    }

    private enum CodingKeys: CodingKey, CaseIterable { case response, id, text }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        response = try fields.required(.response)
        id = try fields.required(.id)
        text = try fields.optional(.text, else: "")
    }
}
