public import Jobs

/// Names one dead letter: `queue:member`.
///
/// The member is the job's token, so that a job's id names its letter. Where another letter had that name already, the
/// member has an ending: `emails:welcome-4711.1731999999999-0` is another job of the id `emails:welcome-4711`.
public struct LetterID: Sendable, Hashable, CustomStringConvertible {
    public let queue: QueueName
    public let member: String

    public init(queue: QueueName, member: String) {
        self.queue = queue
        self.member = member
    }

    /// Reads `emails:1731999999999-0`.
    public init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":"), let queue = QueueName(String(text[..<colon])) else { return nil }
        member = String(text[text.index(after: colon)...])
        self.queue = queue
        guard !member.isEmpty else { return nil }
    }

    public var description: String { "\(queue):\(member)" }
}
