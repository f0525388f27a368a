internal import Dispatch

/// Lets a thread that may block wait for what only a task can do.
public enum BlockingWait {
    /// Runs the body in a task on the loop, and blocks the calling thread until it has ended.
    ///
    /// Never call it on the loop, or on a thread of Swift's own pool.
    public static func run<Value: Sendable>(
        on loop: EventLoop, _ body: @escaping @Sendable () async throws -> Value
    ) throws -> Value {
        let result = Promise<Result<Value, any Error>>()
        let ended = DispatchSemaphore(value: 0)
        Task(executorPreference: loop) {
            do { result.complete(with: .success(try await body())) } catch { result.complete(with: .failure(error)) }
            ended.signal()
        }
        ended.wait()
        guard let result = result.value else { preconditionFailure("the task has ended") }
        return try result.get()
    }
}
