public import JobQueue

/// A parked job: everything its producer wrote, and what befell it.
public struct DeadLetter: Sendable, Equatable {
    public let id: LetterID
    /// When it was buried, in milliseconds since 1970, as Redis has it. With the id it names this death of the job: one
    /// that was replayed and died again is another letter.
    public let buried: String
    public let fields: LetterFields

    public init(id: LetterID, buried: String, fields: LetterFields) {
        self.id = id
        self.buried = buried
        self.fields = fields
    }

    public var buriedMilliseconds: Int { Int(buried) ?? Int(Double(buried) ?? 0) }
    /// What the producer wrote, and may be anything; empty when it wrote none.
    public var type: String { fields.text("type") ?? "" }
    /// The payload, a JSON text if it is what it should be.
    public var args: [UInt8] { fields["args"] ?? [] }
    /// A code: see `DeathReason`.
    public var reason: String { fields.text("reason") ?? "" }
    public var error: String { fields.text("error") ?? "" }
    /// The type of the error, where it is known.
    public var kind: String? { fields.text("kind") }
    /// The number of the attempt after which it was buried.
    public var attempt: Int { fields.number("attempt") ?? 1 }
    /// How often it was replayed.
    public var replays: Int { fields.number("replays") ?? 0 }
    /// The fingerprint of its group.
    public var group: String? { fields.text("group") }
    /// The attempts that failed; nil when it was never tried.
    public var history: AttemptHistory? { fields["history"].flatMap { AttemptHistory(json: $0) } }
    /// The args that the producer wrote; nil when they were not edited.
    public var original: [UInt8]? { fields["original"] }
}
