/// A batch as its members and its callbacks see it.
public struct BatchContext: Sendable {
    public let id: BatchID
    /// What a callback is told; nil for a member.
    public let summary: BatchSummary?
    private let running: any RunningJob

    init?(of running: any RunningJob) {
        let summary = running.batchSummary
        guard let id = running.batch ?? summary?.id else { return nil }
        self.id = id
        self.summary = summary
        self.running = running
    }

    /// Adds members while the batch has not ended, and it cannot end while one of them runs. They go to the batch's queue.
    ///
    /// A job that runs again adds again: give each an idempotency key, or make it the last thing that can fail.
    /// - Throws: ``JobTakenAway``; an error of Redis, whose message says so when the batch has ended or is cancelled.
    public func add(_ jobs: [NewJob]) async throws { try await running.add(jobs, to: id) }

    public func add(_ jobs: NewJob...) async throws { try await add(jobs) }

    /// The results that were kept: see ``JobBatch/keepResults``.
    public func results() async throws -> [JobID: JobResult] { try await running.results(of: id) }
}
