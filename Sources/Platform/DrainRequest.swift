internal import Synchronization

/// Whether a service was told to end, and to hurry: two signals, two meanings. Any number of tasks may wait for it.
public final class DrainRequest: Sendable {
    private struct State {
        var begun: MonotonicTime?
        var waiting: [Promise<Void>] = []
    }

    private let state = Mutex(State())
    private let hurried = Atomic(false)

    public init() {}

    public var hasBegun: Bool { begun != nil }
    /// When it began; nil until then.
    public var begun: MonotonicTime? { state.withLock { $0.begun } }
    public var isHurried: Bool { hurried.load(ordering: .relaxed) }

    public func begin() {
        let waiting = state.withLock { state in
            state.begun = state.begun ?? .now
            defer { state.waiting = [] }
            return state.waiting
        }
        for waiter in waiting { waiter.complete(with: ()) }
    }

    public func hurry() { hurried.store(true, ordering: .relaxed) }

    /// Returns when it begins, or when the task is cancelled.
    public func wait() async {
        let waiter = Promise<Void>()
        let hasBegun = state.withLock { state in
            if state.begun == nil { state.waiting.append(waiter) }
            return state.begun != nil
        }
        guard !hasBegun else { return }
        await withTaskCancellationHandler {
            await waiter.wait()
        } onCancel: {
            waiter.complete(with: ())
        }
        state.withLock { state in state.waiting.removeAll { $0 === waiter } }
    }
}
