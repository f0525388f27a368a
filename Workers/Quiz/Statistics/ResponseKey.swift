/// A response that attempts are counted by.
package struct ResponseKey: Sendable {
    package let question: String
    /// A gap, a prompt, a zone; empty where a question has one answer.
    package let part: String
    /// Empty where there was none.
    package let response: String

    /// What is longer is cut: who wrote it cannot make the tables grow by more than that.
    package static let mostBytes = 255

    package init(question: String, part: String, response: String) {
        self.question = question
        self.part = Self.storable(part)
        self.response = Self.storable(response)
    }

    /// At most 255 bytes of UTF-8, without the character that PostgreSQL's texts cannot hold.
    private static func storable(_ text: String) -> String {
        var (result, count) = (String.UnicodeScalarView(), 0)
        for scalar in text.unicodeScalars {
            let kept = scalar == "\0" ? "\u{FFFD}" : scalar
            count += UTF8.width(kept)
            guard count <= mostBytes else { break }
            result.append(kept)
        }
        return String(result)
    }
}

/// By their bytes, as PostgreSQL tells texts apart: two ways to write an `é` are two responses there.
extension ResponseKey: Hashable {
    package static func == (one: ResponseKey, other: ResponseKey) -> Bool {
        one.texts.elementsEqual(other.texts) { $0.utf8.elementsEqual($1.utf8) }
    }

    package func hash(into hasher: inout Hasher) {
        for text in texts { hasher.combine(Array(text.utf8)) }
    }

    private var texts: [String] { [question, part, response] }
}
