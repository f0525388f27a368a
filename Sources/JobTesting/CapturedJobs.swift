public import Jobs
internal import Synchronization

/// Keeps what is enqueued, for a test to look at; nothing is run until it is drained. Of what a job asks for it heeds the
/// delay and the idempotency key; the rest can be looked at. Callbacks of batches are not enqueued.
public final class CapturedJobs: JobEnqueuer {
    /// A job that was enqueued.
    public struct Captured: Sendable {
        public let id: JobID
        public let job: NewJob
    }

    enum End { case done, dead, other }

    private struct State {
        var captured: [Captured] = []
        var count = 0
        /// The first job of each idempotency key.
        var keys: [String: JobID] = [:]
        var batches: [JobBatch] = []
        /// Of each batch, in their order.
        var members: [BatchID: [JobID]] = [:]
        /// Of those that were drained.
        var ends: [JobID: End] = [:]

        mutating func enqueue(_ job: NewJob) -> JobID {
            let key = job.idempotencyKey.map { "\(job.queue) \($0.text)" }
            if let first = key.flatMap({ keys[$0] }) { return first }
            count += 1
            let id = JobID(queue: job.queue, token: "\(count)-0")!
            if let key { keys[key] = id }
            captured.append(Captured(id: id, job: job))
            return id
        }
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
    public func enqueue(_ job: NewJob) async throws -> JobID { state.withLock { $0.enqueue(job) } }

    /// The batches that were enqueued, each as it was the first time, the oldest first. Their members are among ``all``.
    public var batches: [JobBatch] { state.withLock { $0.batches } }

    /// Enqueues the members of a batch that were not enqueued with it before.
    /// - Throws: ``StrayMember``.
    @discardableResult
    public func enqueue(_ batch: JobBatch) async throws -> BatchID {
        if let stray = StrayMember(among: batch.jobs, of: batch.id) { throw stray }
        state.withLock { state in
            var members = state.members[batch.id] ?? []
            if state.members[batch.id] == nil { state.batches.append(batch) }
            for var job in batch.jobs.dropFirst(members.count) {
                job.batch = batch.id
                members.append(state.enqueue(job))
            }
            state.members[batch.id] = members
        }
        return batch.id
    }

    /// How far the members are that were enqueued with a batch; nil for one that was not enqueued here.
    func progress(of batch: BatchID) -> BatchProgress? {
        state.withLock { state in
            guard let members = state.members[batch] else { return nil }
            let ends = members.map { state.ends[$0] }
            let pending = ends.count { $0 == nil }
            return BatchProgress(
                pending: pending, done: ends.count { $0 == .done }, dead: ends.count { $0 == .dead },
                other: ends.count { $0 == .other }, hasEnded: pending == 0)
        }
    }

    func hasEnded(_ job: JobID) -> Bool { state.withLock { $0.ends[job] != nil } }

    func note(_ end: End, of job: JobID) { state.withLock { $0.ends[job] = end } }

    func takeAll() -> [Captured] {
        state.withLock { state in
            defer { state.captured = [] }
            return state.captured
        }
    }
}
