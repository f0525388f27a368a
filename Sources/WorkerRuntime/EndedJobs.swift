internal import Platform
internal import Synchronization

/// Where slots put the jobs they have ended, for the event loop to tell Redis of many at once.
final class EndedJobs: Sendable {
    struct Ended: Sendable {
        let job: ActiveJob
        let disposition: Disposition
    }

    private struct State {
        var ended: [Ended] = []
        var collector: Promise<Void>?
        var closed = false
    }

    private let state = Mutex(State())

    func add(_ job: ActiveJob, _ disposition: Disposition) {
        let collector = state.withLock { state in
            state.ended.append(Ended(job: job, disposition: disposition))
            return state.collector.take()
        }
        collector?.complete(with: ())
    }

    var count: Int { state.withLock { $0.ended.count } }

    /// Waits until there is something to take. False when there is nothing and never will be.
    func wait() async -> Bool {
        let (wait, more): (Promise<Void>?, Bool) = state.withLock { state in
            guard state.ended.isEmpty else { return (nil, true) }
            guard !state.closed else { return (nil, false) }
            let wait = Promise<Void>()
            state.collector = wait
            return (wait, true)
        }
        guard let wait else { return more }
        await wait.wait()
        return state.withLock { !$0.ended.isEmpty || !$0.closed }
    }

    func takeAll() -> [Ended] {
        state.withLock { state in
            defer {
                state.ended = []
                state.ended.reserveCapacity(256)
            }
            return state.ended
        }
    }

    /// Nothing will be added any more.
    func close() {
        let collector = state.withLock { state in
            state.closed = true
            return state.collector.take()
        }
        collector?.complete(with: ())
    }
}
