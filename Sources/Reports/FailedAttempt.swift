package import JobQueue
package import Jobs

/// An attempt that failed, as `jobs show` prints it.
package struct FailedAttempt: Codable {
    package let attempt: Int
    package let error: String
    package let kind: String?
    package let worker: String
    package let durationMilliseconds: Int64
    /// When it failed.
    package let time: Timestamp

    package init(_ attempt: AttemptHistory.Attempt) {
        self.attempt = attempt.number
        error = attempt.error
        kind = attempt.kind
        worker = attempt.worker
        durationMilliseconds = attempt.duration.milliseconds
        time = Timestamp(milliseconds: attempt.milliseconds)
    }
}
