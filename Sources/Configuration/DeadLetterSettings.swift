/// What becomes of dead letters that nobody replays or deletes.
public struct DeadLetterSettings: Sendable, Equatable {
    /// How long they are kept: an hour to ten years. Nil keeps them until a person deletes them.
    public var keepFor: Duration?

    public init() {}
}

extension DeadLetterSettings: SettingsSection {
    static let title = "a setting of deadLetters"
    static let keys = ["keepFor"]

    mutating func read(_ object: SettingsObject) {
        guard !object.isNull("keepFor") else { return }
        keepFor = object.duration("keepFor", in: .seconds(3600) ... .seconds(3650 * 86_400))
    }
}
