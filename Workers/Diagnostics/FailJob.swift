import Jobs

/// `diagnostics.fail`: fails with the message as often as it is told to, then succeeds. Without `times` it always fails.
struct FailJob: Job {
    static let type: JobType = "diagnostics.fail"
    static let payloadSchema = PayloadSchema.object(
        "Fails as often as it is told to, then succeeds.",
        [
            .optional("message", .text(), "What the error says."),
            .optional("times", .integer(), "Else always."),
        ])
    static let retryPolicy = RetryPolicy(base: .milliseconds(100), cap: .seconds(1))

    var message: String?
    var times: Int?
}

struct FailHandler: JobHandler {
    func handle(_ job: FailJob, context: JobContext) async throws -> Outcome {
        if let times = job.times, context.attempt > times { return .success() }
        throw DeliberateFailure(description: job.message ?? "It was told to fail.")
    }
}

struct DeliberateFailure: Error, CustomStringConvertible {
    let description: String
}
