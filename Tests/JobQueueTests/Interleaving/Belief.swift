import JobQueue

/// A job that a worker thinks it holds.
struct Belief {
    let job: ClaimedJob
    /// It was said how the job ended, and the answer is not known yet.
    var isEnding = false
    /// It was told that another has the job, and something it said before is still under way.
    var isLost = false

    var entry: EntryID { job.entryID }
}

extension ClaimedJob {
    /// Redis wrote it, so it can be read.
    var entryID: EntryID { EntryID(entryText)! }

    /// The number that the simulation gave the job.
    var number: Int? { traceparent.flatMap { Int($0.dropFirst()) } }
}
