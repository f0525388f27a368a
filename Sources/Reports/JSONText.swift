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
        return inert(String(decoding: data, as: UTF8.self))
    }

    /// The same JSON without what is a command to a terminal, or turns the direction of writing: that is escaped.
    package static func inert(_ json: String) -> String {
        guard json.unicodeScalars.contains(where: isEscaped) else { return json }
        return json.unicodeScalars.reduce(into: "") { text, scalar in
            guard isEscaped(scalar) else { return text.unicodeScalars.append(scalar) }
            text += "\\u" + String(0x10000 + Int(scalar.value), radix: 16).dropFirst()
        }
    }

    /// The space between the parts of JSON stays.
    private static func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isHarmful && !["\n", "\r", "\t"].contains(scalar)
    }

    private static func name(_ property: String) -> String {
        let words = property.map { $0.isUppercase ? "_" + $0.lowercased() : String($0) }.joined()
        return words.hasSuffix("_milliseconds") ? words.dropLast("milliseconds".count) + "ms" : words
    }

    /// Reads what ``of(_:)`` writes.
    package static func read<Value: Decodable>(_ type: Value.Type = Value.self, from json: [UInt8]) throws -> Value {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .custom { path in TextKey(stringValue: property(path[path.count - 1].stringValue))
        }
        return try decoder.decode(type, from: Data(json))
    }

    private static func property(_ name: String) -> String {
        let words = name.split(separator: "_", omittingEmptySubsequences: false)
        guard let first = words.first, words.count > 1 else { return name }
        return words.dropFirst().reduce(into: String(first)) { property, word in
            property += word == "ms" ? "Milliseconds" : word.prefix(1).uppercased() + word.dropFirst()
        }
    }
}
