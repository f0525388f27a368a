public import Jobs
internal import Signing

/// Dead letters counted by queue, type and reason, with one of each: what a replay or a deletion would be of.
public struct LetterSummary: Sendable {
    public struct Row: Sendable {
        public let queue: QueueName
        public let type: String
        public let reason: String
        public internal(set) var count: Int
        /// The first that was found.
        public let sample: DeadLetter
    }

    private struct Key: Hashable {
        let queue: QueueName
        let type: String
        let reason: String
    }

    private var byKey: [Key: Row] = [:]
    /// Of all that were added, in their order.
    private var digest = ""

    public init() {}

    public var total: Int { byKey.values.reduce(0) { $0 + $1.count } }

    /// The most first.
    public var rows: [Row] {
        byKey.values.sorted {
            ($1.count, $0.queue.name, $0.type, $0.reason) < ($0.count, $1.queue.name, $1.type, $1.reason)
        }
    }

    /// Names exactly these letters, by their number and a hash: `3:9f86d081884c`.
    public var confirmation: String { "\(total):\(digest.isEmpty ? "0" : String(digest.prefix(12)))" }

    public mutating func add(_ letters: some Sequence<DeadLetter>) {
        for letter in letters {
            digest = SHA256.text(Array("\(digest) \(letter.id) \(letter.buried)".utf8))
            let key = Key(queue: letter.id.queue, type: letter.type, reason: letter.reason)
            byKey[
                key,
                default: Row(queue: key.queue, type: key.type, reason: key.reason, count: 0, sample: letter)
            ].count += 1
        }
    }
}
