import FoundationEssentials
import JobQueue
import Jobs

/// An attempt that failed, as `jobs show` prints it.
struct FailedAttempt: Encodable {
    let attempt: Int
    let error: String
    let kind: String?
    let worker: String
    let durationMilliseconds: Int64
    /// Since 1970.
    let timeMilliseconds: Int

    enum CodingKeys: String, CodingKey {
        case attempt, error, kind, worker
        case durationMilliseconds = "duration_ms"
        case timeMilliseconds = "time_ms"
    }

    init(_ attempt: AttemptHistory.Attempt) {
        self.attempt = attempt.number
        error = attempt.error
        kind = attempt.kind
        worker = attempt.worker
        durationMilliseconds = attempt.duration.milliseconds
        timeMilliseconds = attempt.milliseconds
    }

    /// For a person.
    var text: String {
        let time = Date(timeIntervalSince1970: Double(timeMilliseconds / 1000)).formatted(.iso8601)
        return "\(time), after \(durationMilliseconds) ms at \(worker): \(kind.map { "\($0): " } ?? "")\(error)"
    }
}
