internal import Platform

/// A pipeline that was sent, or is about to be, and whoever waits for its answers.
struct PendingReply: Sendable {
    typealias Answer = Result<RedisReply, RedisError>

    let commands: Int
    /// When the connection is given up for want of an answer.
    let deadline: MonotonicTime
    let answer = Promise<Answer>()
}
