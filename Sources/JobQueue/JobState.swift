/// Where a job is in its life.
public enum JobState: String, Sendable {
    case scheduled, ready, active, retrying
    /// It could run, but its type is paused or a limit is reached.
    case blocked
    case done, discarded, cancelled, expired, dead

    public var hasEnded: Bool {
        switch self {
        case .scheduled, .ready, .active, .retrying, .blocked: false
        case .done, .discarded, .cancelled, .expired, .dead: true
        }
    }
}
