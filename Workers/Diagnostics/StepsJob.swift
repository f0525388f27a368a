import Jobs

/// `diagnostics.steps`: a long job that saves a checkpoint after each step, and goes on from the last one when it was
/// interrupted.
struct StepsJob: Job {
    static let type: JobType = "diagnostics.steps"
    static let payloadSchema = PayloadSchema.object(
        "A long job of many steps, with a checkpoint after each.",
        [
            .required("key", .text()),
            .required("steps", .integer(1...1_000_000), "How many there are."),
            .required("milliseconds", .number(0...86_400_000), "How long each one takes."),
        ])
    static let deadline = Deadline.none

    var key: String
    /// How many steps there are.
    var steps: Int
    /// How long each one takes.
    var milliseconds: Double
}

struct StepsHandler: JobHandler {
    let journal: ExecutionJournal

    private struct Checkpoint: Codable {
        var stepsDone: Int
    }

    private struct Result: Codable {
        var steps: Int
        /// Steps that were done in the run that ended it.
        var inLastRun: Int
    }

    func handle(_ job: StepsJob, context: JobContext) async throws -> Outcome {
        guard (1...1_000_000).contains(job.steps), (0...86_400_000).contains(job.milliseconds) else {
            return .bury(reason: "steps must be from 1 to 1000000 and milliseconds from 0 to 86400000.")
        }
        let before = try await context.checkpoint(as: Checkpoint.self)?.stepsDone ?? 0
        try journal.note(.began, job.key, context)
        for step in before..<max(before, job.steps) {
            try await Task.sleep(for: .microseconds(Int64(job.milliseconds * 1000)))
            try await context.save(checkpoint: Checkpoint(stepsDone: step + 1))
            await context.report(progress: Double(step + 1) / Double(job.steps))
        }
        try journal.note(.ended, job.key, context)
        return .success(try JobResult(encoding: Result(steps: job.steps, inLastRun: job.steps - before)))
    }
}
