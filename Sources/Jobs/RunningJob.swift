public import Logging

/// What stands behind a ``JobContext``: the worker's view of a job, or a test's.
public protocol RunningJob: AnyObject, Sendable {
    var id: JobID { get }
    var type: JobType { get }
    var logger: Logger { get }
    var traceparent: String? { get }
    func report(progress fraction: Double) async
}
