import Jobs
import Platform

/// `diagnostics.journal`: takes a while, and writes down each time it begins and ends or is cancelled, so that somebody
/// outside can see every run of every job.
struct JournalJob: Job {
    static let type: JobType = "diagnostics.journal"
    static let payloadSchema = PayloadSchema.object(
        "Writes down each time it begins and ends.",
        [
            .required("key", .text()),
            .optional("milliseconds", .number(0...86_400_000), "How long it takes."),
            .optional("spin", .boolean, "Whether it keeps a core busy."),
            .optional("dies", .boolean, "Whether it ends as a dead letter."),
        ])
    static let deadline = Deadline.none

    var key: String
    var milliseconds: Double?
    /// Keeps a core busy instead of sleeping, and sees no cancellation.
    var spin: Bool?
    /// Ends as a dead letter.
    var dies: Bool?
}

struct JournalHandler: JobHandler {
    let journal: ExecutionJournal

    func handle(_ job: JournalJob, context: JobContext) async throws -> Outcome {
        try journal.note(.began, job.key, context)
        do {
            try await pass(.microseconds(Int64((job.milliseconds ?? 0) * 1000)), spinning: job.spin ?? false)
        } catch {
            try journal.note(.cancelled, job.key, context)
            throw error
        }
        try journal.note(.ended, job.key, context)
        return job.dies == true ? .bury(reason: "It was told to die.") : .success()
    }

    private func pass(_ time: Duration, spinning: Bool) async throws {
        guard time > .zero else { return }
        guard spinning else { return try await Task.sleep(for: time) }
        let end = MonotonicTime.now + time
        while MonotonicTime.now < end {}
    }
}
