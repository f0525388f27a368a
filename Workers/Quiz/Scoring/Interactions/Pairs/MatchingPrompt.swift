/// What is given an option.
package struct MatchingPrompt: Codable, Sendable, Equatable {
    package var id: String
    package var text: String
    /// The id of the right option.
    package var match: String

    package init(id: String, text: String = "", match: String) {
        self.id = id
        self.text = text
        self.match = match
    }

    private enum CodingKeys: CodingKey, CaseIterable { case id, text, match }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        id = try fields.required(.id)
        text = try fields.optional(.text, else: "")
        match = try fields.required(.match)
    }
}
