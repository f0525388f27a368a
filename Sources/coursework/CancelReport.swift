import JobQueue
import Jobs

/// What `jobs cancel` did, as `--json` prints it.
struct CancelReport: Encodable {
    let id: String
    /// cancelled, cancelling, unknown, or the state in which the job had ended.
    let result: String

    init(_ id: JobID, _ cancellation: JobQueue.Cancellation) {
        self.id = id.description
        result =
            switch cancellation {
            case .cancelled: "cancelled"
            case .cancelling: "cancelling"
            case .ended(let state): state.rawValue
            case .unknown: "unknown"
            }
    }

    var isCancelled: Bool { result == "cancelled" || result == "cancelling" }

    var text: String {
        switch result {
        case "cancelled": "is cancelled"
        case "cancelling": "is running; its worker is told to stop it"
        case "unknown": "is unknown: it has ended and was not tracked, or there never was such a job"
        case "dead": "is a dead letter already"
        default: "has ended already: \(result)"
        }
    }
}
