/// What one rescue brought.
public struct Rescue: Sendable {
    /// Which jobs are taken. A suspect has one life left: it runs alone, since those beside it would look as guilty.
    public enum Suspects: String, Sendable {
        /// For a worker that cannot run them alone.
        case with
        /// All but suspects; they are set aside.
        case without
        /// Only suspects that were set aside.
        case only
    }

    /// What the worker holds now.
    public let jobs: [ClaimedJob]
    /// Suspects wait, and it is this worker's turn to have them run.
    public let isTurnForSuspects: Bool
}
