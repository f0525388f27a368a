package import JobQueue
package import Jobs

/// What `jobs cancel` did, as `--json` prints it.
package struct CancelReport: Codable {
    package let id: String
    /// cancelled, cancelling, unknown, or the state in which the job had ended.
    package let result: String

    package init(_ id: JobID, _ cancellation: JobQueue.Cancellation) {
        self.id = id.description
        result =
            switch cancellation {
            case .cancelled: "cancelled"
            case .cancelling: "cancelling"
            case .ended(let state): state.rawValue
            case .unknown: "unknown"
            }
    }

    package var isCancelled: Bool { result == "cancelled" || result == "cancelling" }
}
