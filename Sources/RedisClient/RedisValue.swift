/// One value of an answer: a view into its ``RedisReply``.
public struct RedisValue: Sendable {
    let reply: RedisReply
    let index: Int

    private var token: RedisReply.Token { reply.tokens[index] }

    public var isNull: Bool { token.kind == .null }

    /// An integer, or a string of digits.
    public var integer: Int? {
        switch token.kind {
        case .integer: token.value
        case .string, .status: Int(string ?? "")
        case .array, .null, .error: nil
        }
    }

    /// The bytes of a string, shared with the whole reply.
    public var bytes: ArraySlice<UInt8>? {
        switch token.kind {
        case .string, .status: reply.bytes[token.value..<token.end]
        case .array, .integer, .null, .error: nil
        }
    }

    /// A string as text; bytes that are not UTF-8 become replacement characters.
    public var string: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

    /// The elements of an array; none for anything else.
    public var elements: RedisValues {
        guard token.kind == .array else { return RedisValues(reply: reply, next: 0, end: 0) }
        return RedisValues(reply: reply, next: index + 1, end: token.end)
    }

    public var isArray: Bool { token.kind == .array }

    public var count: Int { token.kind == .array ? token.value : 0 }

    /// The server's error, if this is one.
    public var error: RedisError? {
        guard token.kind == .error else { return nil }
        return RedisError(
            reply: String(decoding: reply.bytes[token.value..<token.end], as: UTF8.self), user: reply.user,
            asked: reply.asked)
    }

    /// The buffer of the whole reply, into which the indices of ``bytes`` point.
    public var allBytes: [UInt8] { reply.bytes }

    /// Where the token behind this value is.
    var next: Int { token.kind == .array ? token.end : index + 1 }

    public static func == (value: RedisValue, text: StaticString) -> Bool {
        guard let bytes = value.bytes else { return false }
        return bytes.elementsEqual(
            UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}

/// Values one after another.
public struct RedisValues: Sendable, Sequence, IteratorProtocol {
    let reply: RedisReply
    private(set) var position: Int
    let end: Int

    init(reply: RedisReply, next: Int, end: Int) {
        self.reply = reply
        position = next
        self.end = end
    }

    public mutating func next() -> RedisValue? {
        guard position < end else { return nil }
        let value = RedisValue(reply: reply, index: position)
        position = value.next
        return value
    }
}
