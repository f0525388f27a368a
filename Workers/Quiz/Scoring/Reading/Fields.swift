/// An object of which every key must be known: a key that is misspelt is an error, not a silent default.
struct Fields<Key: CodingKey & CaseIterable> {
    private let container: KeyedDecodingContainer<Key>

    /// - Parameter others: keys that somebody else reads.
    init(_ decoder: any Decoder, others: [String] = []) throws {
        container = try decoder.container(keyedBy: Key.self)
        let known = Key.allCases.map(\.stringValue) + others
        for key in try decoder.container(keyedBy: AnyKey.self).allKeys where !known.contains(key.stringValue) {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath + [key],
                    debugDescription: "is unknown; it may be \(known.joined(separator: ", "))"))
        }
    }

    func required<Value: Decodable>(_ key: Key) throws -> Value { try container.decode(Value.self, forKey: key) }

    func optional<Value: Decodable>(_ key: Key) throws -> Value? {
        try container.decodeIfPresent(Value.self, forKey: key)
    }

    func optional<Value: Decodable>(_ key: Key, else standard: Value) throws -> Value {
        try container.decodeIfPresent(Value.self, forKey: key) ?? standard
    }

    /// One of the names of an enumeration.
    func choice<Value: RawRepresentable & CaseIterable>(_ key: Key) throws -> Value? where Value.RawValue == String {
        guard let name = try container.decodeIfPresent(String.self, forKey: key) else { return nil }
        guard let value = Value(rawValue: name) else {
            let names = Value.allCases.map(\.rawValue).joined(separator: ", ")
            throw refusal(of: key, "is \(InvalidDocument.quoted(name)); write one of \(names)")
        }
        return value
    }

    func choice<Value: RawRepresentable & CaseIterable>(_ key: Key, else standard: Value) throws -> Value
    where Value.RawValue == String {
        try choice(key) ?? standard
    }

    private func refusal(of key: Key, _ problem: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: container.codingPath + [key], debugDescription: problem))
    }
}
