public import Jobs
internal import Synchronization

/// Keeps what is enqueued, for a test to look at; nothing is run until it is drained. Of what a job asks for it heeds the
/// delay and the idempotency key; the rest can be looked at.
public final class CapturedJobs: JobEnqueuer {
    /// A job that was enqueued.
    public struct Captured: Sendable {
        public let id: JobID
        public let job: NewJob
    }

    private struct State {
        var captured: [Captured] = []
        var count = 0
        /// The first job of each idempotency key.
        var keys: [String: JobID] = [:]
    }

    private let state = Mutex(State())

    public init() {}

    /// What was enqueued and not drained, the oldest first.
    public var all: [Captured] { state.withLock { $0.captured } }

    /// The payloads of one type, the oldest first.
    /// - Throws: ``UndecodablePayload`` for a job that no worker could read.
    public func payloads<Payload: Job>(of type: Payload.Type = Payload.self) throws -> [Payload] {
        try all.filter { $0.job.type == Payload.type }.map { try $0.job.payload() }
    }

    /// A second job with an idempotency key is not kept, whatever the key's window; its caller gets the id of the first.
    @discardableResult
    public func enqueue(_ job: NewJob) async throws -> JobID {
        state.withLock { state in
            let key = job.idempotencyKey.map { "\(job.queue) \($0.text)" }
            if let first = key.flatMap({ state.keys[$0] }) { return first }
            state.count += 1
            let id = JobID(queue: job.queue, token: "\(state.count)-0")!
            if let key { state.keys[key] = id }
            state.captured.append(Captured(id: id, job: job))
            return id
        }
    }

    func takeAll() -> [Captured] {
        state.withLock { state in
            defer { state.captured = [] }
            return state.captured
        }
    }
}
