/// The job types a worker can run.
public struct JobRegistry: Sendable {
    public private(set) var jobs: [JobType: RegisteredJob] = [:]

    public init() {}

    /// Adds a handler. Two handlers for one type are a programmer's mistake and stop the program.
    public mutating func register(_ handler: some JobHandler) {
        let job = RegisteredJob(handler)
        precondition(jobs[job.type] == nil, "the job type \(job.type) is registered twice")
        jobs[job.type] = job
    }

    /// Changes what the operator's configuration says about a type; a type that is not registered is passed over.
    public mutating func adjust(
        _ type: JobType, retryPolicy: RetryPolicy? = nil, deadline: Deadline? = nil, limitRule: LimitRule? = nil
    ) {
        jobs[type] = jobs[type]?.with(retryPolicy: retryPolicy, deadline: deadline, limitRule: limitRule)
    }

    public subscript(type: JobType) -> RegisteredJob? { jobs[type] }
}
