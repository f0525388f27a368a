/// The answers to one ``RedisPipeline``, flat: every value in the order it came, all strings in one buffer.
///
/// A batch of a hundred jobs costs two allocations this way, not a thousand; a job keeps its slice of the buffer alive.
public final class RedisReply: Sendable {
    struct Token {
        enum Kind: UInt8 {
            case string, array, integer, null, status, error
        }

        let kind: Kind
        /// String: where its bytes begin. Integer: its value. Array: how many elements.
        let value: Int
        /// String: where its bytes end. Array: the index of the token behind its last element.
        var end: Int
    }

    let tokens: [Token]
    public let bytes: [UInt8]
    /// Whether any value is an error.
    public let hasError: Bool
    /// Who asked for it, for errors that say that one may not; nil for one without a name.
    let user: String?
    let asked: String?

    init(tokens: [Token], bytes: [UInt8], hasError: Bool, user: String?, asked: String? = nil) {
        self.hasError = hasError
        self.user = user
        self.asked = asked
        self.tokens = tokens
        self.bytes = bytes
    }

    /// The same, knowing what it answers.
    func answering(_ pipeline: RedisPipeline) -> RedisReply {
        RedisReply(tokens: tokens, bytes: bytes, hasError: hasError, user: user, asked: pipeline.names)
    }

    /// The answer to the only, or the first, command.
    public var first: RedisValue { RedisValue(reply: self, index: 0) }

    /// The answers, one for each command.
    public var values: RedisValues { RedisValues(reply: self, next: 0, end: tokens.count) }

    /// The first answer that is an error, if one is.
    public var firstError: RedisError? {
        guard hasError else { return nil }
        for value in values { if let error = value.error { return error } }
        return nil
    }
}
