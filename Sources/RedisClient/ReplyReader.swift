internal import CHiredis

/// hiredis' parser, feeding a ``ReplyBuilder`` instead of allocating an object a value.
///
/// Not Sendable: whoever holds the connection's reading role holds this.
final class ReplyReader {
    private let reader: UnsafeMutablePointer<redisReader>
    private let builder = UnsafeMutablePointer<ReplyBuilder>.allocate(capacity: 1)

    init(user: String? = nil) {
        builder.initialize(to: ReplyBuilder(user: user))
        reader = redisReaderCreateWithFunctions(Self.functionsPointer)
        reader.pointee.privdata = UnsafeMutableRawPointer(builder)
        // By default the parser throws a large buffer away whenever it is empty.
        reader.pointee.maxbuf = 0
    }

    deinit {
        redisReaderFree(reader)
        builder.deinitialize(count: 1)
        builder.deallocate()
    }

    func feed(_ bytes: UnsafeRawBufferPointer) {
        redisReaderFeed(reader, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
    }

    /// Parses one answer. False when more bytes are needed.
    func parseAnswer() throws(RedisError) -> Bool {
        var reply: UnsafeMutableRawPointer?
        guard redisReaderGetReply(reader, &reply) == REDIS_OK else {
            let reason = withUnsafeBytes(of: &reader.pointee.errstr) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            throw RedisError(.protocolViolation, "What answers is not Redis: \(reason).")
        }
        return reply != nil
    }

    /// Everything parsed since the last call, as one reply.
    func takeReply() -> RedisReply { builder.pointee.finish() }

    /// hiredis keeps the pointer and only ever reads through it, from any thread; it is written once, here.
    nonisolated(unsafe) private static let functionsPointer: UnsafeMutablePointer<redisReplyObjectFunctions> = {
        let pointer = UnsafeMutablePointer<redisReplyObjectFunctions>.allocate(capacity: 1)
        pointer.initialize(to: functions)
        return pointer
    }()

    private static let functions = redisReplyObjectFunctions(
        createString: { task, start, count in
            builder(of: task).pointee.addString(start, count: count, kind: kind(of: task))
            return somewhere
        },
        createArray: { task, count in
            builder(of: task).pointee.beginArray(count: Int(count))
            return somewhere
        },
        createInteger: { task, value in
            builder(of: task).pointee.addInteger(value)
            return somewhere
        },
        createNil: { task in
            builder(of: task).pointee.addNull()
            return somewhere
        },
        freeObject: { _ in })

    /// hiredis wants a pointer for each value; it passes it around and never looks behind it.
    private static var somewhere: UnsafeMutableRawPointer { UnsafeMutableRawPointer(bitPattern: 1)! }

    private static func builder(of task: UnsafePointer<redisReadTask>?) -> UnsafeMutablePointer<ReplyBuilder> {
        task!.pointee.privdata.assumingMemoryBound(to: ReplyBuilder.self)
    }

    private static func kind(of task: UnsafePointer<redisReadTask>?) -> RedisReply.Token.Kind {
        switch task!.pointee.type {
        case REDIS_REPLY_STATUS: .status
        case REDIS_REPLY_ERROR: .error
        default: .string
        }
    }
}
