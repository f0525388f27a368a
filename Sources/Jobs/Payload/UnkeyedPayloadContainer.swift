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
        _ = try take()
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try document.value(type, at: take())
    }

    mutating func decode(_: Bool.Type) throws -> Bool { try document.bool(at: take()) }
    mutating func decode(_: String.Type) throws -> String { try document.string(at: take()) }
    mutating func decode(_: Double.Type) throws -> Double { try document.float(Double.self, at: take()) }
    mutating func decode(_: Float.Type) throws -> Float { try document.float(Float.self, at: take()) }
    mutating func decode(_: Int.Type) throws -> Int { try document.integer(Int.self, at: take()) }
    mutating func decode(_: Int8.Type) throws -> Int8 { try document.integer(Int8.self, at: take()) }
    mutating func decode(_: Int16.Type) throws -> Int16 { try document.integer(Int16.self, at: take()) }
    mutating func decode(_: Int32.Type) throws -> Int32 { try document.integer(Int32.self, at: take()) }
    mutating func decode(_: Int64.Type) throws -> Int64 { try document.integer(Int64.self, at: take()) }
    mutating func decode(_: UInt.Type) throws -> UInt { try document.integer(UInt.self, at: take()) }
    mutating func decode(_: UInt8.Type) throws -> UInt8 { try document.integer(UInt8.self, at: take()) }
    mutating func decode(_: UInt16.Type) throws -> UInt16 { try document.integer(UInt16.self, at: take()) }
    mutating func decode(_: UInt32.Type) throws -> UInt32 { try document.integer(UInt32.self, at: take()) }
    mutating func decode(_: UInt64.Type) throws -> UInt64 { try document.integer(UInt64.self, at: take()) }

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

    private mutating func reader() throws -> PayloadReader { PayloadReader(document: document, index: try take()) }

    /// A failure ends the fast decoding, so the element counts as read before anyone has read it.
    private mutating func take() throws -> Int {
        guard !isAtEnd else { throw document.giveUp() }
        defer {
            next = document[Int(next)].next
            position &+= 1
        }
        return Int(next)
    }
}
