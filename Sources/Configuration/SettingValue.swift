/// A value of the file as `JSONDecoder` read it.
package enum SettingValue: Sendable, Equatable {
    case null
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case list([SettingValue])
    case object([String: SettingValue])
    /// A text with a wrong escape, a number like `25s`: the syntax around it is sound.
    case unreadable
}

extension SettingValue: Decodable {
    package init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let boolean = try? value.decode(Bool.self) {
            self = .boolean(boolean)
        } else if let integer = try? value.decode(Int.self) {
            self = .integer(integer)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([SettingValue].self) {
            self = .list(list)
        } else if let object = try? value.decode([String: SettingValue].self) {
            self = .object(object)
        } else {
            self = .unreadable
        }
    }
}

extension SettingValue: CustomStringConvertible {
    /// What kind of value it is. Never the value itself: it may be a secret.
    package var description: String {
        switch self {
        case .null: "null"
        case .boolean: "true or false"
        case .integer, .number: "a number"
        case .text: "text"
        case .list: "a list"
        case .object: "an object"
        case .unreadable: "not a value that can be read"
        }
    }
}
