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

    /// Adds members while the batch has not ended, and it cannot end while one of them runs.
    ///
    /// A job that runs again adds again: give each an idempotency key, or make it the last thing that can fail.
    /// - Returns: the ids of the jobs that stand for them, in their order: another's where a key says so.
    /// - Throws: ``StrayMember``; ``JobTakenAway``; an error of Redis, whose message says so when the batch has ended or is
    ///   cancelled.
    @discardableResult
    public func add(_ jobs: [NewJob]) async throws -> [JobID] {
        if let stray = StrayMember(among: jobs, of: id) { throw stray }
        return try await running.add(jobs, to: id)
    }

    @discardableResult
    public func add(_ jobs: NewJob...) async throws -> [JobID] { try await add(jobs) }

    /// The results that were kept: see ``JobBatch/keepResults``.
    public func results() async throws -> [JobID: JobResult] { try await running.results(of: id) }
}
