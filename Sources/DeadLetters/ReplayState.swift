public import Jobs

/// A replay of the dead letters of one queue, as Redis remembers it.
public struct ReplayState: Sendable, Equatable {
    public enum Phase: String, Sendable {
        case running, done, aborted
    }

    public let id: String
    public let queue: QueueName
    public let phase: Phase
    /// Who began it, and who ended it before its end.
    public let who: String
    public let endedBy: String?
    public let filter: DeadFilter
    public let rate: String?
    /// In milliseconds since 1970.
    public let begun: Int
    public let updated: Int
    /// Letters that were looked at, replayed, and passed over because they were gone or had died again.
    public let examined: Int
    public let replayed: Int
    public let passedOver: Int
    let cursor: LetterCursor?

    /// Nil when the fields are those of no replay.
    init?(id: String, queue: QueueName, _ fields: [String: String]) {
        guard let phase = fields["state"].flatMap(Phase.init), let filter = DeadFilter(json: fields["filter"] ?? ""),
            let begun = fields["begun"].flatMap({ Int($0) })
        else { return nil }
        func number(_ name: String) -> Int { fields[name].flatMap { Int($0) } ?? 0 }
        self.id = id
        self.queue = queue
        self.phase = phase
        self.filter = filter
        self.begun = begun
        who = fields["who"] ?? ""
        endedBy = fields["ended_by"]
        rate = fields["rate"].flatMap { $0.isEmpty ? nil : $0 }
        updated = number("updated")
        examined = number("examined")
        replayed = number("replayed")
        passedOver = number("passed_over")
        cursor = fields["cursor"].flatMap { LetterCursor(text: $0) }
    }
}
