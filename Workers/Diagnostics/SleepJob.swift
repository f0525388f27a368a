import Jobs

/// `diagnostics.sleep`: takes as long as it is told to, reporting its progress, and stops at once when cancelled.
struct SleepJob: Job {
    static let type: JobType = "diagnostics.sleep"
    static let payloadSchema = PayloadSchema.object(
        "Takes as long as it is told to, reporting its progress.",
        [.required("seconds", .number(0...86_400))])
    static let deadline = Deadline.none

    var seconds: Double
}

struct SleepHandler: JobHandler {
    private static let steps = 10

    func handle(_ job: SleepJob, context: JobContext) async throws -> Outcome {
        guard (0...86400).contains(job.seconds) else { return .bury(reason: "seconds must be from 0 to 86400.") }
        context.logger.info("It begins", [("seconds", .number(job.seconds))])
        for step in 0..<Self.steps {
            let fraction = Double(step) / Double(Self.steps)
            await context.report(progress: fraction, remaining: .seconds(job.seconds * (1 - fraction)))
            try await Task.sleep(for: .seconds(job.seconds / Double(Self.steps)))
        }
        context.logger.info("It is awake")
        return .success()
    }
}
