import FoundationEssentials

/// What a template is rendered with: any JSON value.
package enum MustacheValue: Sendable, Equatable {
    case null
    case bool(Bool)
    /// The number as it is written in JSON, and therefore as it appears in the output: `85`, `1.21`.
    case number(String)
    case string(String)
    case list([MustacheValue])
    case object([String: MustacheValue])

    /// Whether a section opens for the value: not for null, false, zero, an empty string and an empty list.
    var isTruthy: Bool {
        switch self {
        case .null: false
        case .bool(let value): value
        case .number(let text): text != "0"
        case .string(let text): !text.isEmpty
        case .list(let items): !items.isEmpty
        case .object: true
        }
    }
}

extension MustacheValue: Codable {
    package init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        // The likeliest first: each wrong guess costs the decoder an error.
        if value.decodeNil() {
            self = .null
        } else if let text = try? value.decode(String.self) {
            self = .string(text)
        } else if let object = try? decoder.container(keyedBy: MemberName.self) {
            self = .object(try Self.members(of: object))
        } else if let number = try? value.decode(Int64.self) {
            self = .number(String(number))
        } else if let flag = try? value.decode(Bool.self) {
            self = .bool(flag)
        } else if let number = try? value.decode(Decimal.self) {
            self = .number("\(number)")
        } else if let number = try? value.decode(Double.self) {
            self = .number("\(number)")
        } else {
            self = .list(try value.decode([MustacheValue].self))
        }
    }

    /// The standard library's decoding of a dictionary would read each name as a number, too.
    private static func members(
        of object: KeyedDecodingContainer<MemberName>
    ) throws -> [String: MustacheValue] {
        let names = object.allKeys
        var members = [String: MustacheValue](minimumCapacity: names.count)
        for name in names { members[name.stringValue] = try object.decode(MustacheValue.self, forKey: name) }
        return members
    }

    private struct MemberName: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .number(let text): try Self.encode(number: text, into: &container)
        case .string(let text): try container.encode(text)
        case .list(let items): try container.encode(items)
        case .object(let members): try container.encode(members)
        }
    }

    private static func encode(number text: String, into container: inout any SingleValueEncodingContainer) throws {
        if let integer = Int64(text) {
            try container.encode(integer)
        } else if let decimal = Decimal(string: text) {
            try container.encode(decimal)
        } else {
            try container.encode(Double(text) ?? 0)
        }
    }
}

extension MustacheValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int) { self = .number(String(value)) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(arrayLiteral elements: MustacheValue...) { self = .list(elements) }
    package init(dictionaryLiteral elements: (String, MustacheValue)...) {
        self = .object(Dictionary(elements) { _, last in last })
    }
}
