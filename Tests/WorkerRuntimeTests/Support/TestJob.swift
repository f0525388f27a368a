import Jobs

struct TestJob: Job {
    static let type: JobType = "test.job"
    static let retryPolicy = RetryPolicy(maxRetries: 2, base: .milliseconds(2), cap: .milliseconds(4))
    static let deadline = Deadline.after(.seconds(30))

    var number = 0
}

struct ClosureHandler: JobHandler {
    let body: @Sendable (TestJob, JobContext) async throws -> Outcome

    func handle(_ job: TestJob, context: JobContext) async throws -> Outcome { try await body(job, context) }
}

struct TestError: Error, CustomStringConvertible {
    let description: String
}
