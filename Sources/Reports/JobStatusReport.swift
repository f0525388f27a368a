package import JobQueue
package import Jobs

/// A job's status as `--json` prints it.
package struct JobStatusReport: Encodable {
    package let id: String
    package let state: String
    package let type: String
    package let attempt: Int
    package let progress: Double
    package let eta: Timestamp?
    package let remainingMilliseconds: Int?
    package let reason: String?
    package let error: String?
    /// JSON already.
    private let result: String?

    private enum CodingKeys: CodingKey {
        case id, state, type, attempt, progress, eta, remainingMilliseconds, reason, error
    }

    package init(id: JobID, _ status: JobStatus) {
        // What a discarded job leaves behind is no JSON but the reason.
        let isDiscarded = status.state == "discarded"
        self.id = id.description
        state = status.state
        type = status.type
        attempt = status.attempt
        progress = status.progress
        eta = status.etaMilliseconds.map(Timestamp.init)
        remainingMilliseconds = status.remaining.map { Int($0.milliseconds) }
        result = isDiscarded ? nil : status.result
        reason = isDiscarded ? status.result : status.reason
        error = status.error
    }

    package var json: String {
        let text = JSONText.of(self)
        return result.map { text.dropLast() + ",\"result\":\($0)}" } ?? text
    }
}
