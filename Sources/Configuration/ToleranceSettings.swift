/// What is tolerated of a job before it is parked.
public struct ToleranceSettings: Sendable, Equatable {
    /// The largest `args` of a job in bytes of JSON: 1 KiB to 64 MiB.
    public var argsBytes = 1_048_576
    /// How long a job of a type that no worker knows waits for one that does, before it becomes a dead letter.
    public var unknownTypeFor: Duration = .seconds(86_400)
    /// Worker processes that may die with a job: 1 to 100.
    public var crashes = 3
    /// Times a job may be handed back unfinished without a checkpoint in between: 1 to 100,000.
    public var interruptions = 100
    /// Leases of a job that may run out under workers that live: 1 to 1,000.
    public var leaseLosses = 10

    public init() {}
}

extension ToleranceSettings: SettingsSection {
    static let title = "a setting of tolerance"
    static let keys = ["argsBytes", "unknownTypeFor", "crashes", "interruptions", "leaseLosses"]

    mutating func read(_ object: SettingsObject) {
        argsBytes = object.integer("argsBytes", in: 1024...67_108_864) ?? argsBytes
        unknownTypeFor = object.duration("unknownTypeFor", in: .seconds(1) ... .seconds(30 * 86_400)) ?? unknownTypeFor
        crashes = object.integer("crashes", in: 1...100) ?? crashes
        interruptions = object.integer("interruptions", in: 1...100_000) ?? interruptions
        leaseLosses = object.integer("leaseLosses", in: 1...1000) ?? leaseLosses
    }
}
