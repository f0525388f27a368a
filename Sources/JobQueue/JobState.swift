/// Where a job is in its life.
public enum JobState: String, Sendable {
    case scheduled, ready, active, retrying, done, discarded, dead

    public var hasEnded: Bool {
        switch self {
        case .scheduled, .ready, .active, .retrying: false
        case .done, .discarded, .dead: true
        }
    }
}
