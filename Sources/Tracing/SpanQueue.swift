internal import Glibc
public import Platform
internal import Synchronization

/// Finished spans on their way to the collector: a bounded number. Whoever adds one never waits; what there is no room for
/// is dropped, and counted.
public final class SpanQueue: Sendable {
    private struct State {
        var spans: [FinishedSpan] = []
        var dropped = 0
        var waiter: Promise<Void>?
    }

    public let room: Int
    /// So many are sent at once.
    public let portion: Int
    private let state = Mutex(State())

    public init(room: Int = 4096, portion: Int = 512) { (self.room, self.portion) = (room, min(room, portion)) }

    public func add(_ span: FinishedSpan) {
        // Without the protection whoever adds a span waits for the collector, as long as that takes.
        while !put(span) { usleep(1000) }
    }

    private func put(_ span: FinishedSpan) -> Bool {
        let (isDone, waiter): (Bool, Promise<Void>?) = state.withLock { state in
            guard state.spans.count < room else {
                guard Protection.droppedSpans.isOn else { return (false, nil) }
                state.dropped += 1
                return (true, nil)
            }
            state.spans.append(span)
            return (true, state.spans.count >= portion ? state.waiter.take() : nil)
        }
        waiter?.complete(with: ())
        return isDone
    }

    public var count: Int { state.withLock { $0.spans.count } }

    /// How many were dropped since it was last asked.
    public func takeDropped() -> Int {
        state.withLock { state in
            defer { state.dropped = 0 }
            return state.dropped
        }
    }

    /// Waits until there are enough for a portion, at the most until `deadline`; what there is then is taken, a portion at
    /// the most. One task at a time.
    public func next(by deadline: MonotonicTime, on loop: EventLoop) async -> [FinishedSpan] {
        let wait: Promise<Void>? = state.withLock { state in
            guard state.spans.count < portion else { return nil }
            let wait = Promise<Void>()
            state.waiter = wait
            return wait
        }
        if let wait {
            let timer = loop.schedule(at: deadline) { wait.complete(with: ()) }
            await wait.wait()
            loop.cancel(timer)
        }
        return state.withLock { state in
            state.waiter = nil
            let portion = Array(state.spans.prefix(portion))
            state.spans.removeFirst(portion.count)
            return portion
        }
    }

    /// Has whoever waits take what there is.
    public func hurry() { state.withLock { $0.waiter.take() }?.complete(with: ()) }
}
