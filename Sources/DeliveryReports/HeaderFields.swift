/// The fields of a header (RFC 5322 §2.2), unfolded.
struct HeaderFields {
    private static let most = 1000

    private var fields: [(name: String, value: String)] = []

    /// Reads up to the first empty line.
    /// - Returns: the fields, and how many lines they took, the empty one included.
    static func read(_ lines: ArraySlice<MailLines.Line>) -> (fields: HeaderFields, count: Int) {
        var (header, count) = (HeaderFields(), 0)
        for line in lines {
            count += 1
            if line.isEmpty { break }
            header.add(line)
        }
        return (header, count)
    }

    private mutating func add(_ line: MailLines.Line) {
        let isFolded = line.first == UInt8(ascii: " ") || line.first == UInt8(ascii: "\t")
        if isFolded, !fields.isEmpty {
            fields[fields.count - 1].value += " " + Self.trimmed(MailLines.text(line))
        } else if let colon = line.firstIndex(of: UInt8(ascii: ":")), fields.count < Self.most {
            let name = Self.trimmed(MailLines.text(line[..<colon])).lowercased()
            fields.append((name, Self.trimmed(MailLines.text(line[(colon + 1)...]))))
        }
    }

    var isEmpty: Bool { fields.isEmpty }

    /// The first of this name, in whatever case; nil when there is none, or it is empty.
    subscript(name: String) -> String? {
        fields.first { $0.name == name.lowercased() && !$0.value.isEmpty }?.value
    }

    /// The value of a field before its parameters, in lower case: `multipart/report`.
    func kind(of name: String) -> String? {
        self[name].map { Self.trimmed(String($0.prefix { $0 != ";" })).lowercased() }
    }

    /// A parameter of a field: `boundary`.
    func parameter(_ parameter: String, of name: String) -> String? {
        guard let value = self[name] else { return nil }
        for part in value.split(separator: ";").dropFirst() {
            let sides = part.split(separator: "=", maxSplits: 1)
            guard sides.count == 2, Self.trimmed(String(sides[0])).lowercased() == parameter else { continue }
            let text = Self.trimmed(String(sides[1]))
            return text.hasPrefix("\"") ? String(text.dropFirst().prefix { $0 != "\"" }) : text
        }
        return nil
    }

    static func trimmed(_ text: String) -> String {
        var text = text[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
