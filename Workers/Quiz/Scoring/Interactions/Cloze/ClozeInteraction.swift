/// A text with gaps, `{1}` or any other id in braces. The response is an object: `{"gap":…}`.
package struct ClozeInteraction: Codable, Sendable, Equatable {
    package var text: String
    package var gaps: [ClozeGap]

    package init(text: String = "", gaps: [ClozeGap]) {
        self.text = text
        self.gaps = gaps
    }

    private enum CodingKeys: CodingKey, CaseIterable { case text, gaps }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder, others: Interaction.keys)
        text = try fields.optional(.text, else: "")
        gaps = try fields.required(.gaps)
    }
}
