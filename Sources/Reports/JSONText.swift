internal import FoundationEssentials

/// What `--json` prints. Keys are in order, so that the same answer is the same text.
///
/// An instant is a ``Timestamp``; a duration is a whole number of milliseconds, under a name that ends in `_ms`; what does
/// not apply is left out. Names are in snake case: `oldestReadyMilliseconds` is `oldest_ready_ms`.
package enum JSONText {
    package static func of(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .custom { path in TextKey(stringValue: name(path[path.count - 1].stringValue)) }
        guard let data = try? encoder.encode(value) else { preconditionFailure("an answer that is no JSON") }
        return String(decoding: data, as: UTF8.self)
    }

    private static func name(_ property: String) -> String {
        let words = property.map { $0.isUppercase ? "_" + $0.lowercased() : String($0) }.joined()
        return words.hasSuffix("_milliseconds") ? words.dropLast("milliseconds".count) + "ms" : words
    }
}
