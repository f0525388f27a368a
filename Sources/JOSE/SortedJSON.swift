internal import FoundationEssentials

/// JSON that is the same bytes for the same value.
package enum SortedJSON {
    /// - Parameter value: texts, whole numbers, truths, and lists and objects of them.
    package static func bytes(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do { return Array(try encoder.encode(value)) } catch {
            preconditionFailure("JSON cannot hold \(type(of: value)): \(error)")
        }
    }

    /// - Returns: nil for other bytes.
    package static func value<Value: Decodable>(_ type: Value.Type, of bytes: [UInt8]) -> Value? {
        try? JSONDecoder().decode(type, from: Data(bytes))
    }
}
