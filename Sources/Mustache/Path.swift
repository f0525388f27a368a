/// A name in a tag: `.`, `name` or `person.name`.
enum Path: Sendable {
    /// The value the innermost section stands on.
    case current
    /// The first part is looked up in all contexts from the innermost outwards, the rest in what it leads to.
    case names(first: String, rest: [String])

    /// `nil` when a part is empty.
    init?(_ text: String) {
        if text == "." {
            self = .current
            return
        }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        self = .names(first: parts[0], rest: Array(parts.dropFirst()))
    }
}

extension Path: CustomStringConvertible {
    var description: String {
        switch self {
        case .current: "."
        case .names(let first, let rest): ([first] + rest).joined(separator: ".")
        }
    }
}
