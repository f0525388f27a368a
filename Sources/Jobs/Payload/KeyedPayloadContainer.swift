/// The fields of an object.
struct KeyedPayloadContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let document: PayloadDocument
    let object: Int

    var codingPath: [any CodingKey] { document.path }
    var allKeys: [Key] { document.keys(of: object).compactMap(Key.init(stringValue:)) }

    func contains(_ key: Key) -> Bool { document.find(key.stringValue, in: object) != nil }

    func decodeNil(forKey key: Key) throws -> Bool {
        guard let value = document.find(key.stringValue, in: object) else { throw document.giveUp() }
        return document.isNull(value)
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        let index = try take(key)
        let value = try document.value(type, at: index)
        // An object inside has changed what is expected.
        document.expect(keyAfter: index, in: object)
        return value
    }

    func decode(_: Bool.Type, forKey key: Key) throws -> Bool { try document.bool(at: take(key)) }
    func decode(_: String.Type, forKey key: Key) throws -> String { try document.string(at: take(key)) }
    func decode(_: Double.Type, forKey key: Key) throws -> Double { try document.float(Double.self, at: take(key)) }
    func decode(_: Float.Type, forKey key: Key) throws -> Float { try document.float(Float.self, at: take(key)) }
    func decode(_: Int.Type, forKey key: Key) throws -> Int { try document.integer(Int.self, at: take(key)) }
    func decode(_: Int8.Type, forKey key: Key) throws -> Int8 { try document.integer(Int8.self, at: take(key)) }
    func decode(_: Int16.Type, forKey key: Key) throws -> Int16 { try document.integer(Int16.self, at: take(key)) }
    func decode(_: Int32.Type, forKey key: Key) throws -> Int32 { try document.integer(Int32.self, at: take(key)) }
    func decode(_: Int64.Type, forKey key: Key) throws -> Int64 { try document.integer(Int64.self, at: take(key)) }
    func decode(_: UInt.Type, forKey key: Key) throws -> UInt { try document.integer(UInt.self, at: take(key)) }
    func decode(_: UInt8.Type, forKey key: Key) throws -> UInt8 { try document.integer(UInt8.self, at: take(key)) }
    func decode(_: UInt16.Type, forKey key: Key) throws -> UInt16 { try document.integer(UInt16.self, at: take(key)) }
    func decode(_: UInt32.Type, forKey key: Key) throws -> UInt32 { try document.integer(UInt32.self, at: take(key)) }
    func decode(_: UInt64.Type, forKey key: Key) throws -> UInt64 { try document.integer(UInt64.self, at: take(key)) }

    // The standard library's stand-ins for these throw an error of their own, which a payload type might catch.
    func decode(_: Int128.Type, forKey key: Key) throws -> Int128 { throw document.giveUp() }
    func decode(_: UInt128.Type, forKey key: Key) throws -> UInt128 { throw document.giveUp() }

    // The commonest optional fields, each found once; the standard library's way is to look three times.
    func decodeIfPresent(_: Bool.Type, forKey key: Key) throws -> Bool? {
        try takeIfPresent(key).map { try document.bool(at: $0) }
    }

    func decodeIfPresent(_: String.Type, forKey key: Key) throws -> String? {
        try takeIfPresent(key).map { try document.string(at: $0) }
    }

    func decodeIfPresent(_: Int.Type, forKey key: Key) throws -> Int? {
        try takeIfPresent(key).map { try document.integer(Int.self, at: $0) }
    }

    func decodeIfPresent(_: Double.Type, forKey key: Key) throws -> Double? {
        try takeIfPresent(key).map { try document.float(Double.self, at: $0) }
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        guard let index = try takeIfPresent(key) else { return nil }
        let value = try document.value(type, at: index)
        document.expect(keyAfter: index, in: object)
        return value
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try reader(key.stringValue).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try reader(key.stringValue).unkeyedContainer()
    }

    /// `JSONDecoder` gives a decoder of null when the key is missing; that is left to it.
    func superDecoder() throws -> any Decoder { try reader("super") }

    func superDecoder(forKey key: Key) throws -> any Decoder { try reader(key.stringValue) }

    private func take(_ key: Key) throws -> Int { try document.take(key.stringValue, in: object) }

    private func takeIfPresent(_ key: Key) throws -> Int? {
        guard let value = document.find(key.stringValue, in: object) else { return nil }
        document.expect(keyAfter: value, in: object)
        return document.isNull(value) ? nil : value
    }

    private func reader(_ key: String) throws -> PayloadReader {
        PayloadReader(document: document, index: try document.take(key, in: object))
    }
}
