import Jobs

/// `diagnostics.journal`: takes a while, and writes down each time it begins and ends, so that somebody outside can see
/// every run of every job.
struct JournalJob: Job {
    static let type: JobType = "diagnostics.journal"
    static let deadline = Deadline.none

    var key: String
    var milliseconds: Double?
}

struct JournalHandler: JobHandler {
    let journal: ExecutionJournal

    func handle(_ job: JournalJob, context: JobContext) async throws -> Outcome {
        try journal.note(.began, job.key, context)
        if let milliseconds = job.milliseconds, milliseconds > 0 {
            try await Task.sleep(for: .microseconds(Int64(milliseconds * 1000)))
        }
        try journal.note(.ended, job.key, context)
        return .success()
    }
}
