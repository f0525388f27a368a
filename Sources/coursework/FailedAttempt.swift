import JobQueue
import Jobs

/// An attempt that failed, as `jobs show` prints it.
struct FailedAttempt: Encodable {
    let attempt: Int
    let error: String
    let kind: String?
    let worker: String
    let durationMilliseconds: Int64
    /// When it failed.
    let time: Timestamp

    init(_ attempt: AttemptHistory.Attempt) {
        self.attempt = attempt.number
        error = attempt.error
        kind = attempt.kind
        worker = attempt.worker
        durationMilliseconds = attempt.duration.milliseconds
        time = Timestamp(milliseconds: attempt.milliseconds)
    }

    /// For a person.
    var text: String {
        "\(time), after \(durationMilliseconds) ms at \(worker): \(kind.map { "\($0): " } ?? "")\(error)"
    }
}
