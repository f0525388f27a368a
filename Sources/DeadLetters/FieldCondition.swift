/// A value that a field of the letter, or of its payload, must have: `args.user.id=42`, `trace=00-…`.
public struct FieldCondition: Sendable, Equatable, CustomStringConvertible {
    /// `args` and keys of the payload below it (for a list: numbers from 0), or another field of the job.
    let path: [String]
    let value: String

    /// Reads `path=value`; nil for anything else.
    public init?(_ text: String) {
        guard let sign = text.firstIndex(of: "=") else { return nil }
        path = text[..<sign].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        value = String(text[text.index(after: sign)...])
        guard !path.contains("") else { return nil }
    }

    public var description: String { path.joined(separator: ".") + "=" + value }

    /// The payload is read once for all of them.
    static func all(_ conditions: [FieldCondition], hold letter: DeadLetter) -> Bool {
        guard !conditions.isEmpty else { return true }
        let needsArgs = conditions.contains { $0.path[0] == "args" && $0.path.count > 1 }
        let args = needsArgs ? JSONValue(parsing: letter.args) : nil
        return conditions.allSatisfy { $0.holds(letter, args) }
    }

    private func holds(_ letter: DeadLetter, _ args: JSONValue?) -> Bool {
        guard path[0] == "args", path.count > 1 else {
            return letter.fields[path.joined(separator: ".")]?.elementsEqual(value.utf8) ?? false
        }
        // The shell has no types: 42 means the number and the text.
        return args?[path.dropFirst()].map { $0.plainText == value || $0.text == value } ?? false
    }
}
