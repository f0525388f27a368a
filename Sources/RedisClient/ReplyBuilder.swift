/// Collects the values that the parser finds, in the order it finds them.
///
/// It lives at a fixed address that the parser's callbacks get; being a struct behind a pointer, it is reached without
/// reference counting and without a check of exclusive access for each of its fields.
struct ReplyBuilder {
    private typealias Token = RedisReply.Token

    /// As whom the connection signed in.
    let user: String?
    private var tokens: [Token] = []
    private var bytes: [UInt8] = []
    private var hasError = false
    /// Arrays that are not complete yet, the innermost last.
    private var open: [(token: Int, missing: Int)] = []

    init(user: String?) { self.user = user }

    /// What was collected so far, as one reply; the builder begins anew with as much room.
    mutating func finish() -> RedisReply {
        let reply = RedisReply(tokens: tokens, bytes: bytes, hasError: hasError, user: user)
        let (tokenRoom, byteRoom) = (min(tokens.count, 1 << 14), min(bytes.count, 1 << 20))
        hasError = false
        tokens = []
        bytes = []
        tokens.reserveCapacity(tokenRoom)
        bytes.reserveCapacity(byteRoom)
        return reply
    }

    mutating func addString(_ start: UnsafePointer<CChar>?, count: Int, kind: RedisReply.Token.Kind) {
        if kind == .error { hasError = true }
        let offset = bytes.count
        bytes.append(contentsOf: UnsafeRawBufferPointer(start: start, count: count))
        add(Token(kind: kind, value: offset, end: offset + count))
    }

    mutating func addInteger(_ value: Int64) { add(Token(kind: .integer, value: Int(value), end: 0)) }

    mutating func addNull() { add(Token(kind: .null, value: 0, end: 0)) }

    mutating func beginArray(count: Int) {
        tokens.append(Token(kind: .array, value: count, end: tokens.count + 1))
        if count > 0 { open.append((tokens.count - 1, count)) } else { closeCompleteArrays() }
    }

    private mutating func add(_ token: Token) {
        tokens.append(token)
        closeCompleteArrays()
    }

    private mutating func closeCompleteArrays() {
        while let last = open.indices.last {
            open[last].missing -= 1
            guard open[last].missing == 0 else { return }
            tokens[open[last].token].end = tokens.count
            open.removeLast()
        }
    }
}
