public import Jobs

/// What of a queue can be paused.
public enum Pausable: Sendable, Hashable {
    case queue
    case type(JobType)

    /// Its name in the hash `:paused`, and as a gate.
    var key: String {
        switch self {
        case .queue: "queue"
        case .type(let type): "type:\(type)"
        }
    }

    init?(key: String) {
        if key == "queue" {
            self = .queue
        } else if key.hasPrefix("type:"), let type = JobType(String(key.dropFirst(5))) {
            self = .type(type)
        } else {
            return nil
        }
    }
}
