/// What a value looks like in JSON: all that its first byte tells.
public enum JSONShape: String, Sendable, CaseIterable {
    case null, boolean, number, text, array, object
}

extension PayloadSchema {
    /// What values of it look like.
    var shapes: [JSONShape] {
        let own: [JSONShape] =
            switch kind {
            case .any: JSONShape.allCases
            case .never: []
            case .null: [.null]
            case .boolean: [.boolean]
            case .integer, .number: [.number]
            case .text, .choice: [.text]
            case .array: [.array]
            case .object: [.object]
            case .oneOf(let options): options.flatMap(\.shapes)
            }
        return isNullable && !own.contains(.null) ? own + [.null] : own
    }
}
