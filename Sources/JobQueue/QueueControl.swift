public import Jobs
public import RedisClient

/// What people have asked of a queue that its workers must heed.
public struct QueueControl: Sendable {
    /// Changes with everything else here.
    public var version = "0"
    public var isPaused = false
    public var pausedTypes: Set<JobType> = []
    /// Entries of running jobs that are to be cancelled.
    public var cancelled: Set<String> = []
    /// Types that were resumed, and some of whose jobs are still set aside.
    public var resumedTypes: [JobType] = []

    public init() {}
}

extension JobQueue {
    public func control() async throws(RedisError) -> QueueControl {
        var parts = try await call("cw_control").elements
        func texts() -> [String] { parts.next()?.elements.compactMap(\.string) ?? [] }
        var control = QueueControl()
        control.version = parts.next()?.string ?? "0"
        for what in texts().compactMap(Pausable.init(key:)) {
            switch what {
            case .queue: control.isPaused = true
            case .type(let type): control.pausedTypes.insert(type)
            }
        }
        control.cancelled = Set(texts())
        control.resumedTypes = texts().compactMap { gate in
            guard case .type(let type)? = Pausable(key: gate) else { return nil }
            return type
        }
        return control
    }
}
