public import Jobs

/// Which dead letters are meant: those that fulfil every condition that is set.
public struct DeadFilter: Sendable, Equatable {
    /// Only these letters.
    public var ids: [LetterID] = []
    /// Nil for all queues.
    public var queues: [QueueName]?
    public var type: String?
    public var reason: String?
    /// Occurs in the error, in whatever case.
    public var error: String?
    /// The fingerprint of a group.
    public var group: String?
    /// Buried at this time or later, in milliseconds since 1970.
    public var since: Int?
    /// Buried before this time.
    public var before: Int?
    public var attempts: ClosedRange<Int>?
    public var fields: [FieldCondition] = []

    public init() {}

    /// Whether it matches all there is.
    public var isEmpty: Bool { self == DeadFilter() }

    public func matches(_ letter: DeadLetter) -> Bool {
        (queues.map { $0.contains(letter.id.queue) } ?? true)
            && (type.map { $0 == letter.type } ?? true)
            && (reason.map { $0 == letter.reason } ?? true)
            && (group.map { $0 == letter.group } ?? true)
            && (since.map { letter.buriedMilliseconds >= $0 } ?? true)
            && (before.map { letter.buriedMilliseconds < $0 } ?? true)
            && (attempts.map { $0.contains(letter.attempt) } ?? true)
            && (error.map { Self.contains($0, in: letter.fields["error"] ?? []) } ?? true)
            && (ids.isEmpty || ids.contains(letter.id))
            && FieldCondition.all(fields, hold: letter)
    }

    /// Whether it says something about letters of this queue.
    public func concerns(_ queue: QueueName) -> Bool {
        (queues?.contains(queue) ?? true) && (ids.isEmpty || ids.contains { $0.queue == queue })
    }

    /// The part that an index answers.
    public func range(_ order: LetterStore.Range.Order) -> LetterStore.Range {
        var range = LetterStore.Range(order)
        range.group = group
        range.since = since
        range.until = before.map { $0 - 1 }
        return range
    }

    /// Byte by byte, with the letters A to Z as a to z.
    private static func contains(_ text: String, in bytes: [UInt8]) -> Bool {
        func lower(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte + 32 : byte }
        let (part, whole) = (text.utf8.map(lower), bytes.map(lower))
        guard let first = part.first, part.count <= whole.count else { return part.isEmpty }
        return (0...whole.count - part.count).contains { at in
            whole[at] == first && whole[at..<at + part.count].elementsEqual(part)
        }
    }
}

extension DeadFilter {
    /// Whether letters of the group may be meant, as far as the group itself tells.
    public func matches(_ group: LetterGroup) -> Bool {
        (type.map { $0 == group.type } ?? true)
            && (reason.map { $0 == group.reason } ?? true)
            && (self.group.map { $0 == group.fingerprint } ?? true)
            && (since.map { group.lastMilliseconds >= $0 } ?? true)
            && (before.map { group.firstMilliseconds < $0 } ?? true)
            && (error.map { Self.contains($0, in: Array(group.message.utf8)) } ?? true)
    }
}
