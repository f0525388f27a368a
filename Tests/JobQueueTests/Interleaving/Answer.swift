import JobQueue

/// What a worker learns from an answer.
struct Answer {
    /// For the trace: the same in every run of a seed.
    var text: String
    /// Jobs it was given.
    var gained: [ClaimedJob] = []
    /// Entries that it will not speak of again.
    var ended: [EntryID] = []
    /// Entries that it was told it does not hold.
    var lost: [EntryID] = []
}
