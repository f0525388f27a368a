/// JSON Schema, draft 2020-12. The same schema is always the same bytes.
extension PayloadSchema {
    public static let dialect = "https://json-schema.org/draft/2020-12/schema"

    /// A document of its own.
    public func json(title: String) -> String {
        let head: [(String, JSONFragment?)] = [("$schema", .text(Self.dialect)), ("title", .text(title))]
        return JSONFragment.object(head + members).text
    }

    var fragment: JSONFragment { kind == .never ? .false : .object(members) }

    private var members: [(String, JSONFragment?)] {
        [("description", description.map { .text($0) }), ("x-subject", namesSubject ? .true : nil)] + keywords
    }

    private var keywords: [(String, JSONFragment?)] {
        switch kind {
        // Null is among whatever.
        case .any: []
        case .never: [("not", .object([]))]
        case .null: type("null")
        case .boolean: type("boolean")
        case .integer(let range):
            type("integer") + [("minimum", .integer(range.lowerBound)), ("maximum", .integer(range.upperBound))]
        case .number(let range):
            type("number") + [
                ("minimum", range.map { .number($0.lowerBound) }), ("maximum", range.map { .number($0.upperBound) }),
            ]
        case .text(let rules): type("string") + Self.bounds("Length", rules.count) + Self.format(rules.format)
        case .choice(let texts):
            [("enum", .array(texts.map { .text($0) } + (isNullable ? [.null] : [])))]
        case .array(let element, let count):
            type("array") + [("items", element.kind == .any ? nil : element.fragment)] + Self.bounds("Items", count)
        case .object(let rules): type("object") + Self.object(rules)
        case .oneOf(let options):
            [("oneOf", .array(options.map(\.fragment) + (isNullable ? [PayloadSchema.null.fragment] : [])))]
        }
    }

    private func type(_ name: String) -> [(String, JSONFragment?)] {
        [("type", isNullable ? .array([.text(name), .text("null")]) : .text(name))]
    }

    private static func bounds(_ noun: String, _ range: ClosedRange<Int>) -> [(String, JSONFragment?)] {
        [
            ("min\(noun)", range.lowerBound == 0 ? nil : .integer(range.lowerBound)),
            ("max\(noun)", range.upperBound == .max ? nil : .integer(range.upperBound)),
        ]
    }

    private static func format(_ format: TextFormat?) -> [(String, JSONFragment?)] {
        guard let format else { return [] }
        return [("format", .text(format.name)), ("examples", .array(format.examples.map { .text($0) }))]
    }

    private static func object(_ rules: ObjectRules) -> [(String, JSONFragment?)] {
        let required = rules.properties.filter(\.isRequired).map { JSONFragment.text($0.name) }
        let others: JSONFragment? =
            switch rules.others {
            case nil: .false
            case let others? where others.kind == .any: nil
            case let others?: others.fragment
            }
        return [
            (
                "properties",
                rules.properties.isEmpty ? nil : .object(rules.properties.map { ($0.name, $0.schema.fragment) })
            ),
            ("required", required.isEmpty ? nil : .array(required)),
            ("additionalProperties", others),
            ("allOf", rules.rules.isEmpty ? nil : .array(rules.rules.map(fragment))),
        ]
    }

    private static func fragment(_ rule: FieldRule) -> JSONFragment {
        .object(["description": .text(rule.sentence), "anyOf": .array(rule.forms.map(fragment))])
    }

    /// What must be there must not be null; what must not be there may be.
    private static func fragment(_ form: FieldRule.Form) -> JSONFragment {
        let given = JSONFragment.object(["not": PayloadSchema.null.fragment])
        let properties = form.has.map { ($0, given) } + form.lacks.map { ($0, PayloadSchema.null.fragment) }
        return .object([
            "required": form.has.isEmpty ? nil : .array(form.has.map { .text($0) }),
            "properties": properties.isEmpty ? nil : .object(properties.map { ($0.0, $0.1) }),
        ])
    }
}
