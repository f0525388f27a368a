/// A version of a quiz with its answer key: `{"id":"algebra-1","version":3,"sections":[…],"rules":{…}}`.
///
/// A version never changes: a corrected key is a new version. Unknown keys are errors at every level.
package struct Quiz: JSONDocument, Sendable, Equatable {
    package var id: String
    package var version: Int
    package var title: String?
    package var sections: [Section]
    package var rules: Rules

    package init(id: String, version: Int = 1, title: String? = nil, sections: [Section], rules: Rules = Rules()) {
        self.id = id
        self.version = version
        self.title = title
        self.sections = sections
        self.rules = rules
    }

    private enum CodingKeys: CodingKey, CaseIterable { case id, version, title, sections, rules }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        id = try fields.required(.id)
        version = try fields.required(.version)
        title = try fields.optional(.title)
        sections = try fields.required(.sections)
        rules = try fields.optional(.rules, else: Rules())
    }
}
