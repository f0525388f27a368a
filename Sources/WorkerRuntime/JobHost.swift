internal import JobQueue
internal import Jobs
internal import Logging
internal import Platform
internal import Sealing
internal import Tracing

/// The worker as a job sees it.
protocol JobHost: AnyObject, Sendable {
    var logger: Logger { get }
    var loop: EventLoop { get }
    var vault: PayloadVault { get }
    var breakers: CircuitBreakers { get }
    /// Nil where nobody traces.
    var tracer: Tracer? { get }
    func id(of job: ActiveJob) -> JobID
    func report(progress fraction: Double, remaining: Duration?, of job: ActiveJob) async
    func log(_ lines: [JobLogLine], of job: ActiveJob) async
    func checkpoint(of job: ActiveJob) async throws -> [UInt8]?
    func save(checkpoint: [UInt8], of job: ActiveJob) async throws
    func enqueue(_ job: NewJob) async throws -> JobID
    func pauseType(of job: ActiveJob) async throws -> Bool
    func confirmOwnership(of job: ActiveJob) async throws
    func add(_ jobs: [NewJob], to batch: BatchID, by job: ActiveJob) async throws -> [JobID]
    func mistake(inLinksOf job: ActiveJob) async -> String?
    func enqueue(_ batch: JobBatch, by job: ActiveJob) async throws
    func progress(of batch: BatchID) async throws -> BatchProgress?
    func results(of batch: BatchID) async throws -> [JobID: JobResult]
    func cancel(_ batch: BatchID, by job: ActiveJob) async throws
    func isPending(_ job: JobID) async throws -> Bool
}
