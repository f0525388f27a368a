/// Which dead letters somebody means, in the words of the shell and of the API: times may be told from now.
public struct LetterSelection: Sendable {
    /// Less the times.
    public var filter = DeadFilter()
    public var after: FilterTime?
    public var before: FilterTime?

    public init() {}

    /// Whether it says nothing, and so means all.
    public var isEmpty: Bool { filter.isEmpty && after == nil && before == nil }

    /// Whether it can only be decided by looking at each letter: groups are counted without.
    public var looksInside: Bool { filter.attempts != nil || !filter.fields.isEmpty }

    /// - Parameter now: in milliseconds since 1970, by the clock of Redis.
    public func filter(now: Int) -> DeadFilter {
        var filter = filter
        filter.since = after?.milliseconds(now: now)
        filter.before = before?.milliseconds(now: now)
        return filter
    }

    /// For the audit trail, less the ids. What errors and payloads are asked for may be of a person, so only that they are
    /// asked for is told. Nil where only ids are given.
    public var words: String? {
        if isEmpty { return "all" }
        let parts: [String?] = [
            filter.queues.map { "queue " + $0.map(\.name).joined(separator: ",") },
            filter.type.map { "type \($0)" }, filter.reason.map { "reason \($0)" },
            filter.group.map { "group \($0)" }, filter.error.map { _ in "with an error text" },
            after.map { "after \($0)" }, before.map { "before \($0)" },
            filter.attempts.map { "attempts \($0.lowerBound)..\($0.upperBound)" },
            filter.fields.isEmpty ? nil : "with fields",
        ]
        let text = parts.compactMap { $0 }.joined(separator: ", ")
        return text.isEmpty ? nil : text
    }
}
