/// How `coursework relay` moves the outbox to Redis.
public struct OutboxSettings: Sendable, Equatable {
    /// Rows moved in one transaction: 1 to 500.
    public var batch = 500
    /// How often to look for rows when no notification comes.
    public var pollEvery: Duration = .seconds(1)
    /// How long after a row was sent Redis is first asked what became of its job.
    public var checkAfter: Duration = .seconds(30)
    /// The longest wait between two such questions.
    public var checkAtLeastEvery: Duration = .seconds(3600)
    /// How long rows are kept after their jobs have ended.
    public var retention: Duration = .seconds(7 * 86_400)

    public init() {}
}

extension OutboxSettings: SettingsSection {
    static let title = "a setting of outbox"
    static let keys = ["batch", "pollEvery", "checkAfter", "checkAtLeastEvery", "retention"]

    mutating func read(_ object: SettingsObject) {
        batch = object.integer("batch", in: 1...500) ?? batch
        pollEvery = object.duration("pollEvery", in: .milliseconds(10) ... .seconds(3600)) ?? pollEvery
        checkAfter = object.duration("checkAfter", in: .milliseconds(100) ... .seconds(3600)) ?? checkAfter
        checkAtLeastEvery =
            object.duration("checkAtLeastEvery", in: .milliseconds(100) ... .seconds(86_400)) ?? checkAtLeastEvery
        retention = object.duration("retention", in: .seconds(1) ... .seconds(3650 * 86_400)) ?? retention
    }
}
