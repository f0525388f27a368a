internal import Dispatch
internal import Synchronization

/// Threads for calls that block: libcurl, file I/O, rendering.
///
/// A blocked thread of Swift's own pool would hold up every other job of the process; here it holds up only its own.
/// There are as many threads as calls that block at once, up to the width; idle ones end after a while. (libdispatch
/// would add its threads only one by one, and late.)
///
///     try await withTaskExecutorPreference(executor) { try sendMail() }
public final class BlockingExecutor: TaskExecutor {
    private struct State {
        var jobs = FIFO<UnownedJob>()
        var idle: [DispatchSemaphore] = []
        var threads = 0
    }

    private static let idleSeconds = 10

    private let label: String
    private let width: Int
    private let state = Mutex(State())

    /// - Parameter width: how many calls may block at once.
    public init(label: String, width: Int) {
        self.label = label
        self.width = width
    }

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let (sleeper, mustStart) = state.withLock { state -> (DispatchSemaphore?, Bool) in
            state.jobs.append(job)
            if let sleeper = state.idle.popLast() { return (sleeper, false) }
            guard state.threads < width else { return (nil, false) }
            state.threads += 1
            return (nil, true)
        }
        sleeper?.signal()
        if mustStart { startThread() }
    }

    public func asUnownedTaskExecutor() -> UnownedTaskExecutor { UnownedTaskExecutor(ordinary: self) }

    private func startThread() {
        do {
            try SystemThread.start(name: label) { self.work() }
        } catch {
            // With another thread at work the job only waits; without one it would wait for ever.
            let isStranded = state.withLock { state in
                state.threads -= 1
                return state.threads == 0
            }
            precondition(!isStranded, "no thread can be started for blocking calls: \(error)")
        }
    }

    private func work() {
        let alarm = DispatchSemaphore(value: 0)
        while true {
            if let job = takeJob(orRestOn: alarm) {
                job.runSynchronously(on: asUnownedTaskExecutor())
            } else if alarm.wait(timeout: .now() + .seconds(Self.idleSeconds)) == .timedOut, mayEnd(alarm) {
                return
            }
        }
    }

    private func takeJob(orRestOn alarm: DispatchSemaphore) -> UnownedJob? {
        state.withLock { state in
            if let job = state.jobs.popFirst() { return job }
            if !state.idle.contains(where: { $0 === alarm }) { state.idle.append(alarm) }
            return nil
        }
    }

    /// False when the alarm was rung in the very moment the wait was over.
    private func mayEnd(_ alarm: DispatchSemaphore) -> Bool {
        state.withLock { state in
            guard let place = state.idle.firstIndex(where: { $0 === alarm }) else { return false }
            state.idle.remove(at: place)
            state.threads -= 1
            return true
        }
    }
}
