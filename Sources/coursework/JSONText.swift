import FoundationEssentials

enum JSONText {
    /// Keys in order, so that the same answer is the same text.
    static func of(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else { preconditionFailure("an answer that is no JSON") }
        return String(decoding: data, as: UTF8.self)
    }
}
