internal import Jobs

/// What became of jobs lately, for those who come back. What a listener has missed is told if nothing of it is missing.
struct EventMemory: Sendable {
    private static let most = 2000

    private var events: [(time: Int, event: StreamEvent)] = []
    /// From here on, in ms since 1970 by the clock of Redis, nothing is missing.
    private(set) var since: Int

    /// - Parameter since: from when on it is told all.
    init(since: Int) { self.since = since }

    /// - Parameter events: later ones than all before.
    mutating func add(_ more: [(time: Int, event: StreamEvent)]) {
        events += more
        guard events.count > Self.most else { return }
        // In strides, since what comes first is moved each time.
        let forgotten = events.count - Self.most / 2
        since = max(since, events[forgotten - 1].time + 1)
        events.removeFirst(forgotten)
    }

    /// Something may be missing before that time.
    mutating func forget(before time: Int) {
        events = []
        since = time
    }

    /// What was told from a time on.
    /// - Parameter id: as ``EventHub`` writes it, in the text of a client.
    /// - Parameter now: up to which time all is told.
    /// - Returns: nil when it cannot be known.
    func events(after id: String, now: Int) -> [StreamEvent]? {
        guard let time = Int(id), (since...max(since, now)).contains(time) else { return nil }
        return events.filter { $0.time >= time }.map(\.event)
    }
}
