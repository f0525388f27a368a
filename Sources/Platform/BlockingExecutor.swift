import Dispatch

/// Threads for calls that block: libcurl, file I/O, rendering.
///
/// A blocked thread of Swift's own pool would hold up every other job of the process; here it holds up only its own.
///
///     try await withTaskExecutorPreference(executor) { try sendMail() }
public final class BlockingExecutor: TaskExecutor {
    private let threads: DispatchQueue
    private let room: DispatchSemaphore

    /// - Parameter width: how many calls may block at once.
    public init(label: String, width: Int) {
        threads = DispatchQueue(label: label, attributes: .concurrent)
        room = DispatchSemaphore(value: width)
    }

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedTaskExecutor()
        threads.async { [room] in
            room.wait()
            job.runSynchronously(on: executor)
            room.signal()
        }
    }

    public func asUnownedTaskExecutor() -> UnownedTaskExecutor { UnownedTaskExecutor(ordinary: self) }
}
