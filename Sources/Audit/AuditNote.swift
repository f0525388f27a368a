internal import Synchronization

/// What comes to light while something is done: how much it was, and which jobs it was about.
public final class AuditNote: Sendable {
    private struct State {
        var counts: [String: Int] = [:]
        var jobs: [String] = []
    }

    private let state = Mutex(State())

    public init() {}

    /// - Parameter what: in the past tense, as `replayed`.
    public func count(_ what: String, _ count: Int) { state.withLock { $0.counts[what, default: 0] += count } }

    public func add(job: String) { state.withLock { $0.jobs.append(job) } }

    var counts: [String: Int]? { state.withLock { $0.counts.isEmpty ? nil : $0.counts } }

    var target: AuditTarget { state.withLock { AuditTarget(jobs: $0.jobs) } }
}
