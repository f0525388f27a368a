/// What a learner answered: a text, a list of texts, or an object of those. In JSON `"b"`, `["a","c"]`,
/// `{"gap1":"x","gap2":["y"]}`; true, false and numbers are taken as texts.
package enum ResponseValue: Sendable, Equatable {
    case text(String)
    case list([String])
    /// Values by name, each a text or a list.
    case record([String: ResponseValue])
}

extension ResponseValue {
    /// Whether nothing is answered: nothing but white space, or nothing but such values.
    package var isBlank: Bool {
        switch self {
        case .text(let text): text.utf8.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
        case .list(let texts): texts.isEmpty
        case .record(let values): values.values.allSatisfy(\.isBlank)
        }
    }
}

extension ResponseValue: ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    package init(stringLiteral value: String) { self = .text(value) }
    package init(arrayLiteral elements: String...) { self = .list(elements) }
    package init(dictionaryLiteral elements: (String, ResponseValue)...) {
        self = .record(Dictionary(elements) { _, last in last })
    }
}
