public import Jobs

/// What became of a job that was to be enqueued.
public enum EnqueueAnswer: Sendable, Equatable {
    case enqueued(JobID)
    /// Another job with its idempotency key or its unique key stands for it.
    case duplicate(JobID)
    /// It took the place of the job that had its unique key, and its id.
    case replaced(JobID)
    /// It was not enqueued: the window of its unique key is not over. The id is of the job that began the window.
    case throttled(JobID)

    /// The job that stands for it.
    public var id: JobID {
        switch self {
        case .enqueued(let id), .duplicate(let id), .replaced(let id), .throttled(let id): id
        }
    }

    /// - Parameter what: as the functions in Redis and the HTTP API call it; nil for anything else.
    public init?(_ what: String?, _ id: JobID) {
        switch what {
        case "enqueued": self = .enqueued(id)
        case "duplicate": self = .duplicate(id)
        case "replaced": self = .replaced(id)
        case "throttled": self = .throttled(id)
        default: return nil
        }
    }
}
