public import RedisClient

/// What one queue looks like at one moment.
public struct QueueStatistics: Sendable, Equatable {
    public var ready = 0
    public var active = 0
    public var scheduled = 0
    public var retrying = 0
    /// Their type is paused, or a limit is reached.
    public var blocked = 0
    public var dead = 0
    /// Jobs that wait to be carried to other queues, and how long the oldest has.
    public var outgoing = 0
    public var oldestOutgoingMilliseconds = 0
    public var isPaused = false
    public var pausedTypes: [String] = []
    /// How long the oldest ready job has waited; 0 when none waits.
    public var oldestReadyMilliseconds = 0
    /// Since the queue was made: done, discarded, retried (attempts that failed), snoozed, released (interruptions),
    /// rescued (taken from workers that died or were silent), lost (of those: from workers that lived), cancelled, expired,
    /// skipped (links that will never run, since their chain ended before them), unnoted (ends that a batch could not be
    /// told of, since one of its keys holds something else), dead.
    public var counters: [String: Int] = [:]

    /// Nothing waits, runs or will.
    public var isIdle: Bool { ready + active + scheduled + retrying + blocked + outgoing == 0 }
}

extension JobQueue {
    public func statistics() async throws(RedisError) -> QueueStatistics {
        let value = try await call("cw_statistics")
        var elements = value.elements
        func number() -> Int { elements.next()?.integer ?? 0 }
        var statistics = QueueStatistics()
        statistics.ready = number()
        statistics.active = number()
        statistics.scheduled = number()
        statistics.retrying = number()
        statistics.dead = number()
        statistics.oldestReadyMilliseconds = number()
        guard var counters = elements.next()?.elements else { return statistics }
        while let name = counters.next()?.string, let count = counters.next()?.integer {
            statistics.counters[name] = count
        }
        statistics.blocked = number()
        for what in elements.next()?.elements.compactMap({ $0.string.flatMap(Pausable.init(key:)) }) ?? [] {
            switch what {
            case .queue: statistics.isPaused = true
            case .type(let type): statistics.pausedTypes.append(type.name)
            }
        }
        statistics.outgoing = number()
        statistics.oldestOutgoingMilliseconds = number()
        return statistics
    }
}
