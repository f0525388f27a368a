import Jobs

struct TestJob: Job {
    static let type: JobType = "test.job"
    static let payloadSchema = PayloadSchema.any
    static let retryPolicy = RetryPolicy(maxRetries: 2, base: .milliseconds(2), cap: .milliseconds(4))
    static let deadline = Deadline.after(.seconds(30))

    var number = 0

    static func outcome(for error: any Error, attempt: Int) -> Outcome? { (error as? DecidedError)?.outcome(attempt) }
}

/// An error of which the type makes what the error says.
struct DecidedError: Error, CustomStringConvertible {
    let outcome: @Sendable (_ attempt: Int) -> Outcome?

    var description: String { "decided" }
}

struct ClosureHandler: JobHandler {
    let body: @Sendable (TestJob, JobContext) async throws -> Outcome

    func handle(_ job: TestJob, context: JobContext) async throws -> Outcome { try await body(job, context) }
}

struct TestError: Error, CustomStringConvertible {
    let description: String
}
