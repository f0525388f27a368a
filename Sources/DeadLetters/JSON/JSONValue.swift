/// Any JSON value, with numbers and the order of keys as they were written: what nobody edits stays as it is.
package indirect enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    /// The number as it was written: nothing is rounded.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Member])

    package struct Member: Sendable, Equatable {
        package let key: String
        package var value: JSONValue
    }

    /// A string's characters; anything else as JSON.
    package var plainText: String {
        if case .string(let text) = self { return text }
        return text
    }

    // MARK: Paths

    /// The value at a path of keys and, for lists, numbers from 0.
    package subscript(path: ArraySlice<String>) -> JSONValue? {
        guard let key = path.first else { return self }
        switch self {
        case .object(let members): return members.last { $0.key == key }?.value[path.dropFirst()]
        case .array(let elements):
            guard let index = Int(key), elements.indices.contains(index) else { return nil }
            return elements[index][path.dropFirst()]
        case .null, .bool, .number, .string: return nil
        }
    }

    /// The value with another one at a path; the last key of it may be new. Nil when the path leads nowhere.
    package func setting(_ path: ArraySlice<String>, to value: JSONValue) -> JSONValue? {
        guard let key = path.first else { return value }
        let rest = path.dropFirst()
        switch self {
        case .object(var members):
            guard let index = members.lastIndex(where: { $0.key == key }) else {
                return rest.isEmpty ? .object(members + [Member(key: key, value: value)]) : nil
            }
            guard let changed = members[index].value.setting(rest, to: value) else { return nil }
            members[index].value = changed
            return .object(members)
        case .array(var elements):
            guard let index = Int(key), elements.indices.contains(index),
                let changed = elements[index].setting(rest, to: value)
            else { return nil }
            elements[index] = changed
            return .array(elements)
        case .null, .bool, .number, .string: return nil
        }
    }
}
