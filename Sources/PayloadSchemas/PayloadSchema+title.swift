extension PayloadSchema {
    /// What a value must be, behind `must be`.
    var title: String {
        let titles = titles
        guard let last = titles.last, titles.count > 1 else { return titles.first ?? "left out" }
        return titles.dropLast().joined(separator: ", ") + " or " + last
    }

    private var titles: [String] {
        switch kind {
        case .integer: ["a whole number"]
        case .oneOf(let options): options.flatMap(\.titles)
        case .null: [JSONShape.null.title]
        default: shapes.filter { $0 != .null }.map(\.title)
        }
    }
}

extension JSONShape {
    fileprivate var title: String {
        switch self {
        case .null: "null"
        case .boolean: "true or false"
        case .number: "a number"
        case .text: "a text"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
