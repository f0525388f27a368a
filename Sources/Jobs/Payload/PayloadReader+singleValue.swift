/// One value by itself.
extension PayloadReader: SingleValueDecodingContainer {
    func decodeNil() -> Bool { document.isNull(index) }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try document.value(type, at: index) }

    func decode(_: Bool.Type) throws -> Bool { try document.bool(at: index) }
    func decode(_: String.Type) throws -> String { try document.string(at: index) }
    func decode(_: Double.Type) throws -> Double { try document.float(Double.self, at: index) }
    func decode(_: Float.Type) throws -> Float { try document.float(Float.self, at: index) }
    func decode(_: Int.Type) throws -> Int { try document.integer(Int.self, at: index) }
    func decode(_: Int8.Type) throws -> Int8 { try document.integer(Int8.self, at: index) }
    func decode(_: Int16.Type) throws -> Int16 { try document.integer(Int16.self, at: index) }
    func decode(_: Int32.Type) throws -> Int32 { try document.integer(Int32.self, at: index) }
    func decode(_: Int64.Type) throws -> Int64 { try document.integer(Int64.self, at: index) }
    func decode(_: UInt.Type) throws -> UInt { try document.integer(UInt.self, at: index) }
    func decode(_: UInt8.Type) throws -> UInt8 { try document.integer(UInt8.self, at: index) }
    func decode(_: UInt16.Type) throws -> UInt16 { try document.integer(UInt16.self, at: index) }
    func decode(_: UInt32.Type) throws -> UInt32 { try document.integer(UInt32.self, at: index) }
    func decode(_: UInt64.Type) throws -> UInt64 { try document.integer(UInt64.self, at: index) }

    // The standard library's stand-ins for these throw an error of their own, which a payload type might catch.
    func decode(_: Int128.Type) throws -> Int128 { throw document.giveUp() }
    func decode(_: UInt128.Type) throws -> UInt128 { throw document.giveUp() }
}
