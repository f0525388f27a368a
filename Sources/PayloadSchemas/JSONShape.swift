/// What a value looks like in JSON: all that its first byte tells.
public enum JSONShape: String, Sendable, CaseIterable {
    case null, boolean, number, text, array, object
}

extension PayloadSchema {
    /// Whether a value that looks like this can be one of it.
    func takes(_ shape: JSONShape) -> Bool {
        if shape == .null, isNullable { return true }
        return switch kind {
        case .any: true
        case .never: false
        case .null: shape == .null
        case .boolean: shape == .boolean
        case .integer, .number: shape == .number
        case .text, .choice: shape == .text
        case .array: shape == .array
        case .object: shape == .object
        case .oneOf(let options): options.contains { $0.takes(shape) }
        }
    }

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
