/// The elements of an array, one after the other.
///
/// Small numbers, so that it fits into an `any UnkeyedDecodingContainer` without an allocation.
struct UnkeyedPayloadContainer: UnkeyedDecodingContainer {
    let document: PayloadDocument
    private let array: Int32
    /// The entry of the next element.
    private var next: Int32
    private var position: Int32 = 0

    init(document: PayloadDocument, array: Int) {
        self.document = document
        self.array = Int32(truncatingIfNeeded: array)
        next = self.array &+ 1
    }

    var codingPath: [any CodingKey] { document.path }
    var count: Int? { Int(document[Int(array)].count) }
    var currentIndex: Int { Int(position) }
    var isAtEnd: Bool { position == document[Int(array)].count }

    /// Goes past the next element when it is null.
    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd else { throw document.giveUp() }
        guard document.isNull(Int(next)) else { return false }
        return try take { _ in true }
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try take { [document] in try document.value(type, at: $0) }
    }

    mutating func decode(_: Bool.Type) throws -> Bool { try take(document.bool) }
    mutating func decode(_: String.Type) throws -> String { try take(document.string) }
    mutating func decode(_: Double.Type) throws -> Double { try float() }
    mutating func decode(_: Float.Type) throws -> Float { try float() }
    mutating func decode(_: Int.Type) throws -> Int { try integer() }
    mutating func decode(_: Int8.Type) throws -> Int8 { try integer() }
    mutating func decode(_: Int16.Type) throws -> Int16 { try integer() }
    mutating func decode(_: Int32.Type) throws -> Int32 { try integer() }
    mutating func decode(_: Int64.Type) throws -> Int64 { try integer() }
    mutating func decode(_: UInt.Type) throws -> UInt { try integer() }
    mutating func decode(_: UInt8.Type) throws -> UInt8 { try integer() }
    mutating func decode(_: UInt16.Type) throws -> UInt16 { try integer() }
    mutating func decode(_: UInt32.Type) throws -> UInt32 { try integer() }
    mutating func decode(_: UInt64.Type) throws -> UInt64 { try integer() }

    // The standard library's stand-ins for these throw an error of their own, which a payload type might catch.
    mutating func decode(_: Int128.Type) throws -> Int128 { throw document.giveUp() }
    mutating func decode(_: UInt128.Type) throws -> UInt128 { throw document.giveUp() }

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try reader().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try reader().unkeyedContainer() }

    mutating func superDecoder() throws -> any Decoder { try reader() }

    private mutating func integer<Integer: FixedWidthInteger>() throws -> Integer {
        try take { [document] in try document.integer(Integer.self, at: $0) }
    }

    private mutating func float<Float: BinaryFloatingPoint & LosslessStringConvertible>() throws -> Float {
        try take { [document] in try document.float(Float.self, at: $0) }
    }

    private mutating func reader() throws -> PayloadReader {
        try take { [document] in PayloadReader(document: document, index: $0) }
    }

    /// Goes past an element when it could be read.
    private mutating func take<Value>(_ read: (Int) throws -> Value) throws -> Value {
        guard !isAtEnd else { throw document.giveUp() }
        let value = try read(Int(next))
        next = document[Int(next)].next
        position &+= 1
        return value
    }
}
