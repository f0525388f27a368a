/// How long a worker may be silent before others take over its jobs.
public struct LeaseSettings: Sendable, Equatable {
    /// A job whose worker has been silent for this long belongs to whoever takes it.
    public var duration: Duration = .seconds(15)
    /// How often a worker says that it is alive; at most a third of the lease, so that two lost calls do no harm.
    public var renewEvery: Duration = .seconds(3)
    /// How often a worker with a free slot looks for jobs to take over; at most the lease.
    public var rescueEvery: Duration = .seconds(1)

    public init() {}
}

extension LeaseSettings: SettingsSection {
    static let title = "a setting of lease"
    static let keys = ["duration", "renewEvery", "rescueEvery"]

    mutating func read(_ object: SettingsObject) {
        duration = object.duration("duration", in: .milliseconds(100) ... .seconds(3600)) ?? duration
        renewEvery = object.duration("renewEvery", in: .milliseconds(10) ... .seconds(1200)) ?? renewEvery
        rescueEvery = object.duration("rescueEvery", in: .milliseconds(10) ... .seconds(3600)) ?? rescueEvery
    }
}
