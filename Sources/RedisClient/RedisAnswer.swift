/// The answers to a pipeline that was sent and may not have been answered yet.
public struct RedisAnswer: Sendable {
    let reply: PendingReply
    let connection: RedisConnection

    /// Waits for the answers. Only one task may wait.
    public func value() async throws(RedisError) -> RedisReply {
        try Self.check(await reply.answer.wait(), from: connection)
    }

    static func check(
        _ answer: PendingReply.Answer, from connection: RedisConnection
    ) throws(RedisError) -> RedisReply {
        let reply = try answer.get()
        if reply.hasError, let error = reply.firstError, error.code == .readOnly {
            // A primary that became a replica: its address may lead to the new primary now. What was sent behind this may
            // have been executed all the same, should it be the primary again.
            connection.fail(
                RedisError(
                    .connectionLost, "Redis at \(connection.endpoint) became a replica; the connection was given up."))
        }
        return reply
    }
}
