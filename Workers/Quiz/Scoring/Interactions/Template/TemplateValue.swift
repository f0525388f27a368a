import Decimals

/// A value of a response variable as it is compared.
enum TemplateValue: Hashable, Sendable {
    case text(String)
    case number(Decimal128)
    /// As written where the order matters, else the smaller one first.
    case pair(String, String)

    /// - Returns: `nil` for what is no value of the type.
    init?(_ text: String, _ type: BaseType) {
        switch type {
        case .identifier, .string: self = .text(text)
        case .boolean:
            guard text == "true" || text == "false" else { return nil }
            self = .text(text)
        case .integer, .float:
            guard let number = NumberText(text), number.unit.isEmpty else { return nil }
            if type == .integer, number.value.truncated != number.value { return nil }
            self = .number(number.value)
        case .point:
            guard let point = Point(text) else { return nil }
            self = .pair("\(point.x)", "\(point.y)")
        case .pair, .directedPair:
            let parts = text.split(separator: " ")
            guard parts.count == 2 else { return nil }
            let (first, second) = (String(parts[0]), String(parts[1]))
            self = type == .directedPair || first < second ? .pair(first, second) : .pair(second, first)
        }
    }
}
