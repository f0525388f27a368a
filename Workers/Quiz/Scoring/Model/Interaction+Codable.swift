extension Interaction: Codable {
    private enum CodingKeys: CodingKey, CaseIterable { case type }

    /// What those who read the rest of the object leave to this.
    static let keys = ["type"]

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let name = try container.decode(String.self, forKey: .type)
        guard let kind = Kind(rawValue: name) else {
            let names = Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw DecodingError.dataCorruptedError(
                forKey: .type, in: container,
                debugDescription: "is \(InvalidDocument.quoted(name)); write one of \(names)")
        }
        self = try Self.read(kind, decoder)
    }

    private static func read(_ kind: Kind, _ decoder: any Decoder) throws -> Interaction {
        switch kind {
        case .choice: .choice(try ChoiceInteraction(from: decoder))
        case .trueFalse: .trueFalse(try TrueFalseInteraction(from: decoder))
        case .numeric: .numeric(try NumericInteraction(from: decoder))
        case .shortText: .shortText(try ShortTextInteraction(from: decoder))
        case .matching: .matching(try MatchingInteraction(from: decoder))
        case .ordering: .ordering(try OrderingInteraction(from: decoder))
        case .cloze: .cloze(try ClozeInteraction(from: decoder))
        case .dragAndDrop: .dragAndDrop(try DragAndDropInteraction(from: decoder))
        case .hotspot: .hotspot(try HotspotInteraction(from: decoder))
        case .formula: .formula(try FormulaInteraction(from: decoder))
        case .essay: .essay(try EssayInteraction(from: decoder))
        case .template: .template(try TemplateInteraction(from: decoder))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind, forKey: .type)
        try body.encode(to: encoder)
    }

    private var body: any Encodable {
        switch self {
        case .choice(let body): body
        case .trueFalse(let body): body
        case .numeric(let body): body
        case .shortText(let body): body
        case .matching(let body): body
        case .ordering(let body): body
        case .cloze(let body): body
        case .dragAndDrop(let body): body
        case .hotspot(let body): body
        case .formula(let body): body
        case .essay(let body): body
        case .template(let body): body
        }
    }
}
