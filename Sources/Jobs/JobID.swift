/// Names one job, and leads to its keys without a lookup: `queue:token`.
///
/// The token is what the producer gave in the entry's `id` field, else the id Redis gave the stream entry, so the
/// answer of a plain `XADD cw:{emails} …` is the job's token: `emails:1731999999999-0`.
public struct JobID: Sendable, Hashable, CustomStringConvertible {
    public let queue: QueueName
    public let token: String

    /// Names the job of a queue; the token is 1 to 64 letters, digits, `_` and `-`, or there is no such job.
    public init?(queue: QueueName, token: String) {
        guard JobID.isToken(token.utf8) else { return nil }
        self.queue = queue
        self.token = token
    }

    /// Reads `emails:1731999999999-0`.
    public init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":"), let queue = QueueName(String(text[..<colon])) else { return nil }
        self.init(queue: queue, token: String(text[text.index(after: colon)...]))
    }

    public var description: String { "\(queue):\(token)" }

    public static func isToken(_ bytes: some Collection<UInt8>) -> Bool {
        (1...64).contains(bytes.count)
            && bytes.allSatisfy { isNameByte($0) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }
}
