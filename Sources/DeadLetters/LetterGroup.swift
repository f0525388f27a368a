public import Jobs

/// Dead letters of one cause: the same type and kind of error, and the same message but for what differs each time.
public struct LetterGroup: Sendable, Equatable {
    public let queue: QueueName
    /// Sixteen hexadecimal digits; the same in every queue.
    public let fingerprint: String
    public let count: Int
    public let type: String
    /// The type of the error; empty where it is not known.
    public let kind: String
    /// Of the first of them.
    public let reason: String
    public let message: String
    /// The message without what differs.
    public let pattern: String
    /// When the first and the last of them were buried, in milliseconds since 1970.
    public let firstMilliseconds: Int
    public let lastMilliseconds: Int

    init(queue: QueueName, fingerprint: String, count: Int, last: Int, about: LetterFields) {
        self.queue = queue
        self.fingerprint = fingerprint
        self.count = count
        type = about.text("type") ?? ""
        kind = about.text("kind") ?? ""
        reason = about.text("reason") ?? ""
        message = about.text("message") ?? ""
        pattern = about.text("pattern") ?? ""
        firstMilliseconds = about.number("first") ?? last
        lastMilliseconds = last
    }
}
