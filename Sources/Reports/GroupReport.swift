package import DeadLetters
package import Jobs

/// A group of dead letters as `dead groups --json` prints it.
package struct GroupReport: Codable {
    package let group: String
    package let queue: String
    package let count: Int
    package let type: String
    package let kind: String
    package let reason: String
    /// Of the first letter, and what all of them have in common of it.
    package let message: String
    package let pattern: String
    package let first: Timestamp
    package let last: Timestamp

    package init(_ group: LetterGroup) {
        self.group = group.fingerprint
        queue = group.queue.name
        count = group.count
        type = group.type
        kind = group.kind
        reason = group.reason
        message = group.message
        pattern = group.pattern
        first = Timestamp(milliseconds: group.firstMilliseconds)
        last = Timestamp(milliseconds: group.lastMilliseconds)
    }
}
