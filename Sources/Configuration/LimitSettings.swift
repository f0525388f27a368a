/// What is accepted, and for how long it is kept.
public struct LimitSettings: Sendable, Equatable {
    /// The largest `args` of a job in bytes of JSON: 1 KiB to 64 MiB.
    public var argsBytes = 1_048_576
    /// How long a job of a type that no worker knows waits for one that does, before it becomes a dead letter.
    public var unknownTypeFor: Duration = .seconds(86_400)

    public init() {}
}

extension LimitSettings: SettingsSection {
    static let title = "a setting of limits"
    static let keys = ["argsBytes", "unknownTypeFor"]

    mutating func read(_ object: SettingsObject) {
        argsBytes = object.integer("argsBytes", in: 1024...67_108_864) ?? argsBytes
        unknownTypeFor = object.duration("unknownTypeFor", in: .seconds(1) ... .seconds(30 * 86_400)) ?? unknownTypeFor
    }
}
