/// A response variable and how it is scored: QTI 3.0, Response Declaration.
package struct ResponseDeclaration: Codable, Sendable, Equatable {
    package var id: String
    package var cardinality: Cardinality
    package var baseType: BaseType
    /// The right value; several for a container.
    package var correct: [String]
    /// Further values that are as right.
    package var alternatives: [[String]]
    package var mapping: Mapping<MapEntry>?
    package var areaMapping: Mapping<AreaMapEntry>?
    package var template: ResponseTemplate

    package init(
        id: String, cardinality: Cardinality = .single, baseType: BaseType = .identifier, correct: [String] = [],
        alternatives: [[String]] = [], mapping: Mapping<MapEntry>? = nil,
        areaMapping: Mapping<AreaMapEntry>? = nil, template: ResponseTemplate = .matchCorrect
    ) {
        self.id = id
        self.cardinality = cardinality
        self.baseType = baseType
        self.correct = correct
        self.alternatives = alternatives
        self.mapping = mapping
        self.areaMapping = areaMapping
        self.template = template
    }

    private enum CodingKeys: CodingKey, CaseIterable {
        case id, cardinality, baseType, correct, alternatives, mapping, areaMapping, template
    }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        id = try fields.required(.id)
        cardinality = try fields.choice(.cardinality, else: .single)
        baseType = try fields.choice(.baseType, else: .identifier)
        correct = try fields.optional(.correct, else: [])
        alternatives = try fields.optional(.alternatives, else: [])
        mapping = try fields.optional(.mapping)
        areaMapping = try fields.optional(.areaMapping)
        template = try fields.choice(.template, else: .matchCorrect)
    }
}
